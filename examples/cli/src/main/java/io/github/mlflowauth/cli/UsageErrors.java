package io.github.mlflowauth.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with the arguments. Doesn't repeat what it doesn't know: it may be a password that someone put
 * there.
 */
final class UsageErrors implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("mlflow-auth: " + text(e));
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static String text(ParameterException e) {
        if (e instanceof UnmatchedArgumentException) {
            return unmatched(((UnmatchedArgumentException) e).getUnmatched());
        }
        return String.valueOf(e.getMessage());
    }

    private static String unmatched(List<String> arguments) {
        String options = arguments.stream()
                .filter(argument -> argument.startsWith("-"))
                .map(argument -> argument.split("=", 2)[0])
                .collect(Collectors.joining(", "));
        if (options.toLowerCase(Locale.ROOT).contains("pass")) {
            return ServerOptions.NO_PASSWORD_IN_ARGUMENTS;
        }
        return options.isEmpty()
                ? "There is an argument too many, or an unknown command."
                : "Unknown option: " + options + ".";
    }
}
