package io.github.mlflowauth.cli;

import io.github.mlflowauth.testkit.iap.IapEmulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code iap-emulator}: Identity-Aware Proxy on this machine, to try a client or a browser against. */
@Command(
        name = "iap-emulator",
        description = {
            "Starts an emulator of Google's Identity-Aware Proxy on this machine, in front of an application, and prints"
                    + " how clients and browsers get through. Runs until Ctrl+C.",
            "It refuses what the real one refuses; what it can't know about the real one is in the testkit's README."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mlflow-auth iap-emulator --upstream http://127.0.0.1:5000",
            "  mlflow-auth iap-emulator --upstream http://127.0.0.1:5000 --port 8080 --allow ada@example.com"
        })
final class IapEmulatorCommand implements Callable<Integer> {
    private static final String SERVICE_ACCOUNT = "trainer";

    private final PrintWriter out;

    @Option(
            names = "--upstream",
            paramLabel = "URL",
            required = true,
            description = "The application behind the proxy, for example http://127.0.0.1:5000.")
    private String upstream;

    @Option(names = "--port", paramLabel = "N", description = "The proxy's port. Default: a free one.")
    private int port;

    @Option(
            names = "--allow",
            paramLabel = "EMAIL",
            defaultValue = "ada@example.com",
            description = "A person who may sign in with a browser; may be given several times. Default:"
                    + " ${DEFAULT-VALUE}.")
    private List<String> people;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where the service account's key file goes. Default: a new temporary directory.")
    private @Nullable Path directory;

    IapEmulatorCommand(Surroundings surroundings) {
        this.out = surroundings.out();
    }

    @Override
    public Integer call() throws IOException {
        try (IapEmulator iap = start()) {
            String account = iap.addServiceAccount(SERVICE_ACCOUNT);
            iap.grantAccess(account);
            people.forEach(iap::grantAccess);
            Path key = iap.writeKeyFile(account, folder());
            key.toFile().deleteOnExit();
            explain(iap, account, key);
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }

    private Path folder() throws IOException {
        if (directory != null) {
            return Files.createDirectories(directory);
        }
        Path folder = Files.createTempDirectory("mlflow-auth-iap-");
        folder.toFile().deleteOnExit();
        return folder;
    }

    private IapEmulator start() {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--port must be from 1 to 65535.");
        }
        return IapEmulator.builder().upstream(upstreamUri()).port(port).start();
    }

    private URI upstreamUri() {
        Optional<URI> uri = Optional.empty();
        try {
            uri = Optional.of(new URI(upstream.trim()));
        } catch (URISyntaxException notAUri) {
            // Said below, without the text: it may have a password in it.
        }
        return uri.filter(
                        url -> url.getHost() != null && List.of("http", "https").contains(url.getScheme()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "--upstream must be an http or https URL, such as http://127.0.0.1:5000."));
    }

    private void explain(IapEmulator iap, String account, Path key) {
        out.println("Identity-Aware Proxy emulator in front of " + upstream);
        out.println("  browser: open " + iap.uri() + " and sign in as " + String.join(" or ", people));
        out.println("  client, in another shell, as the service account " + account + ":");
        out.println("    export MLFLOW_TRACKING_URI=" + iap.uri());
        out.println("    export MLFLOW_TRACKING_AUTH=iap");
        out.println("    export MLFLOW_IAP_AUDIENCE=" + iap.clientId());
        out.println("    export GOOGLE_APPLICATION_CREDENTIALS=" + key.toAbsolutePath());
        out.println("  with MLFLOW_IAP_AUDIENCE='" + iap.urlAudience() + "' the account signs its tokens itself");
        out.println("Stop with Ctrl+C.");
        out.flush();
    }
}
