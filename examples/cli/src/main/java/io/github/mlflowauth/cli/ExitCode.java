package io.github.mlflowauth.cli;

/** The exit codes, as {@code --help} lists them. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int PROBLEM_FOUND = 3;

    private ExitCode() {}
}
