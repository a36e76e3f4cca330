package io.github.mlflowauth.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.mlflow.tracking.MlflowClientException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into one message and an exit code. */
final class CallErrors implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        PrintWriter err = command.getErr();
        if (e instanceof IllegalArgumentException) {
            err.println("mlflow-auth: " + e.getMessage());
            return ExitCode.USAGE;
        }
        if (e instanceof IOException || e instanceof UncheckedIOException) {
            err.println("mlflow-auth: " + e.getMessage());
            return ExitCode.FAILED;
        }
        if (e instanceof MlflowClientException) {
            err.println("mlflow-auth: " + e.getMessage());
            err.println("'mlflow-auth doctor' checks the way to the server step by step.");
            return ExitCode.FAILED;
        }
        throw e;
    }
}
