package io.github.mlflowauth.cli.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Checks the way to a server step by step and says what to do about each problem. Changes nothing on the server. The
 * credentials are sent only by the client itself; what the doctor sends on its own is anonymous.
 */
public final class Doctor {
    private static final String[] CHECKS = {
        "settings", "dns", "tcp", "tls", "clock", "gate", "host", "auth", "version", "artifacts"
    };

    private final Map<String, String> variables;
    private final Duration limit;

    /**
     * A doctor for the server that these environment variables name.
     *
     * @param variables the environment, with options in the place of their variables
     * @param limit how long each step may take
     */
    public Doctor(Map<String, String> variables, Duration limit) {
        this.variables = Map.copyOf(variables);
        this.limit = limit;
    }

    /**
     * Runs all checks.
     *
     * @param listener is told each finding at once, because some checks wait for the network
     */
    public List<Finding> examine(Consumer<Finding> listener) {
        Checkup checkup = new Checkup(listener);
        try (Patient patient = Patient.admit(variables, limit)) {
            checkup.check("settings", name -> Finding.ok(name, patient.describe()));
            network(checkup, patient);
            server(checkup, patient);
        } catch (IllegalArgumentException e) {
            wrongSettings(checkup, e);
        }
        return checkup.findings();
    }

    private static void wrongSettings(Checkup checkup, IllegalArgumentException e) {
        checkup.check("settings", name -> Finding.problem(name, "they can't be used", String.valueOf(e.getMessage())));
        for (int i = 1; i < CHECKS.length; i++) {
            checkup.check(CHECKS[i], name -> Finding.ok(name, ""), "settings");
        }
    }

    private static void network(Checkup checkup, Patient patient) {
        NetworkChecks network = new NetworkChecks(patient);
        checkup.check("dns", network::name);
        checkup.check("tcp", network::port, "dns");
        checkup.check("tls", new TlsCheck(patient)::run, "tcp");
        Probe probe = new Probe(patient);
        checkup.check("clock", new ClockCheck(probe)::run, "tls");
        checkup.check("gate", new GateCheck(probe)::run, "tls");
    }

    private static void server(Checkup checkup, Patient patient) {
        if (patient.isBehindIap()) {
            checkup.check("identity", new IdentityCheck(patient)::run);
        }
        ApiChecks api = new ApiChecks(patient.client());
        checkup.check("host", api::host, "tls", "identity");
        checkup.check("auth", api::auth, "host");
        checkup.check("version", api::version, "auth");
        checkup.check("artifacts", api::artifacts, "auth");
    }
}
