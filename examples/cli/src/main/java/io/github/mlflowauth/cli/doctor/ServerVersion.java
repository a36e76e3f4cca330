package io.github.mlflowauth.cli.doctor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the server's version is one that this client is tested with. */
final class ServerVersion {
    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})[\\w.+-]{0,40}");
    private static final int OLDEST_MAJOR = 2;
    private static final int OLDEST_MINOR = 22;

    private ServerVersion() {}

    static Finding judge(String check, String text) {
        Matcher version = VERSION.matcher(text);
        if (!version.matches()) {
            return Finding.notChecked(check, "GET /version doesn't answer with a version");
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        boolean old = major < OLDEST_MAJOR || (major == OLDEST_MAJOR && minor < OLDEST_MINOR);
        return old
                ? Finding.warning(
                        check,
                        "MLflow " + text + " is older than " + OLDEST_MAJOR + "." + OLDEST_MINOR
                                + ", the oldest that this client is tested with",
                        "Upgrade the server if something doesn't work.")
                : Finding.ok(check, "MLflow " + text);
    }
}
