package io.github.mlflowauth.quickstart;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.testkit.LocalMlflowServer;
import io.github.mlflowauth.testkit.MlflowServerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the server, trains the model, shows what was logged, and waits until it is stopped. */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        description =
                "Starts a real MLflow server on this machine with MLflow's own users and passwords, trains a small"
                        + " model in plain Java and logs it there through mlflow-client-auth.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:something failed, as the message says",
            "2:wrong usage, or no suitable JDK or Python"
        })
public final class Quickstart implements Callable<Integer> {
    private static final String USER = "admin";

    @Option(names = "--once", description = "Ends after the run instead of keeping the server for a look at the UI.")
    private boolean once;

    @Option(
            names = "--iap",
            description = "Puts an emulator of Google's Identity-Aware Proxy in front, and goes through it as a service"
                    + " account.")
    private boolean iap;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Keeps the server's database and artifacts there. Without it they are temporary.")
    private @Nullable Path directory;

    private Quickstart() {}

    /** Runs the quickstart and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Quickstart())
                .setExecutionExceptionHandler(Quickstart::failed)
                .execute(args));
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        System.err.println("quickstart: " + e.getMessage());
        return e instanceof MlflowServerException server && server.isPythonMissing() ? 2 : 1;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String password = Passwords.random();
        say("Starting an MLflow server (the first time it is installed, which takes about a minute) ...");
        try (LocalMlflowServer server = start(password);
                Door door = door(server, password)) {
            say("MLflow " + server.version().number() + " is behind " + (iap ? "Identity-Aware Proxy and " : "")
                    + "MLflow's own login at " + door.uri());
            try (AuthMlflowClient client = door.connect()) {
                new TrainingRun(client).run();
                say("\nExperiments on the server:");
                client.searchExperiments()
                        .getItems()
                        .forEach(experiment -> say("  " + experiment.getExperimentId() + "  " + experiment.getName()));
            }
            if (!once) {
                stayOpen(server, door);
            }
        }
        return 0;
    }

    private LocalMlflowServer start(String password) {
        LocalMlflowServer.Builder builder =
                LocalMlflowServer.builder().basicAuthApp(USER, password).progress(line -> say("  " + line));
        if (directory != null) {
            builder.directory(directory);
        }
        return builder.start();
    }

    private Door door(LocalMlflowServer server, String password) throws IOException {
        return iap ? new IapDoor(server.uri(), USER, password) : new BasicDoor(server.uri(), USER, password);
    }

    private void stayOpen(LocalMlflowServer server, Door door) throws InterruptedException {
        say("\nLook at the run in a browser:");
        say("  address   " + door.uri());
        door.signIn().forEach(line -> say("  " + line));
        say("Stop with Ctrl+C" + (directory == null ? "; everything that was made here is deleted then." : "."));
        CountDownLatch never = new CountDownLatch(1);
        while (server.isRunning()) {
            never.await(1, TimeUnit.SECONDS);
        }
        throw new IllegalStateException("The server ended by itself; its log is " + server.log());
    }

    private static void say(String text) {
        System.out.println(text);
    }
}
