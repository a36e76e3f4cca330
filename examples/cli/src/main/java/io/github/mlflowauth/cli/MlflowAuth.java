package io.github.mlflowauth.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code mlflow-auth} command: its subcommands, and the process's start. */
@Command(
        name = "mlflow-auth",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        description = "Looks into an MLflow server that is protected by Basic auth or Identity-Aware Proxy.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the call failed: the server refused it or didn't answer",
            "2:wrong usage or settings; nothing was sent",
            "3:doctor found a problem"
        },
        subcommands = {
            ExperimentsCommand.class,
            RunsCommand.class,
            DoctorCommand.class,
            TokenCommand.class,
            IapEmulatorCommand.class
        })
public final class MlflowAuth implements Runnable {
    private static final int HELP_WIDTH = 100;

    @Spec
    private CommandSpec spec;

    MlflowAuth() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Surroundings.ofProcess(), args));
    }

    static int run(Surroundings surroundings, String... args) {
        Verbosity.set(List.of(args).contains("--verbose"));
        return commandLine(surroundings).execute(args);
    }

    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine commandLine = new CommandLine(MlflowAuth.class, new CommandFactory(surroundings));
        return commandLine
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setUsageHelpWidth(HELP_WIDTH)
                .setHelpSectionKeys(EnvironmentHelp.keys(commandLine.getHelpSectionKeys()))
                .setHelpSectionMap(EnvironmentHelp.sections(commandLine.getHelpSectionMap()))
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new CallErrors());
    }

    /** Without a subcommand there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command.");
    }
}
