package io.github.mlflowauth.cli.doctor;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one check found. Immutable. */
public final class Finding {
    /** How a check ended. */
    public enum Status {
        OK,
        WARNING,
        PROBLEM,
        NOT_CHECKED;

        /** The status as {@code --json} prints it. */
        public String inJson() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String check;
    private final Status status;
    private final String what;
    private final @Nullable String remedy;

    private Finding(String check, Status status, String what, @Nullable String remedy) {
        this.check = check;
        this.status = status;
        this.what = what;
        this.remedy = remedy;
    }

    static Finding ok(String check, String what) {
        return new Finding(check, Status.OK, what, null);
    }

    static Finding warning(String check, String what, String remedy) {
        return new Finding(check, Status.WARNING, what, remedy);
    }

    static Finding problem(String check, String what, String remedy) {
        return new Finding(check, Status.PROBLEM, what, remedy);
    }

    static Finding notChecked(String check, String why) {
        return new Finding(check, Status.NOT_CHECKED, "not checked: " + why, null);
    }

    /** The check's name, such as {@code dns}. */
    public String check() {
        return check;
    }

    /** How it ended. */
    public Status status() {
        return status;
    }

    /** What was seen, in one line. */
    public String what() {
        return what;
    }

    /** What to do about it; empty when nothing has to be done. */
    public Optional<String> remedy() {
        return Optional.ofNullable(remedy);
    }
}
