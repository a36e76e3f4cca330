package io.github.mlflowauth.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlflowauth.cli.doctor.Doctor;
import io.github.mlflowauth.cli.doctor.Finding;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code doctor}: checks the way to the server step by step. */
@Command(
        name = "doctor",
        description = {
            "Checks the way to the server step by step: settings, DNS, TCP, TLS, clock, gate, for Identity-Aware"
                    + " Proxy the identity, Host check, auth, server version, artifact route.",
            "Each check is one line, with the remedy where something is wrong. What can't be checked because of an"
                    + " earlier problem is marked with '-'. Nothing on the server is changed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mlflow-auth doctor",
            "  mlflow-auth doctor --tracking-uri https://mlflow.example.com --user ada",
            "  mlflow-auth doctor --json | jq '.checks[] | select(.status == \"problem\")'"
        })
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Doctor doctor = new Doctor(server.variables(), server.timeout());
        List<Finding> findings = doctor.examine(this::show);
        if (output.isJson()) {
            output.print(json(findings));
        } else {
            output.line(summary(findings));
        }
        return count(findings, Finding.Status.PROBLEM) > 0 ? ExitCode.PROBLEM_FOUND : ExitCode.OK;
    }

    private void show(Finding finding) {
        if (!output.isJson()) {
            String remedy =
                    finding.remedy().map(text -> " -> " + Table.oneLine(text)).orElse("");
            output.line(String.format(
                    "%-7s  %-9s  %s%s",
                    mark(finding.status()), finding.check(), Table.oneLine(finding.what()), remedy));
        }
    }

    private static String mark(Finding.Status status) {
        switch (status) {
            case OK:
                return "ok";
            case WARNING:
                return "warning";
            case PROBLEM:
                return "PROBLEM";
            default:
                return "-";
        }
    }

    private static String summary(List<Finding> findings) {
        return count(findings, Finding.Status.OK) + " ok, "
                + some(count(findings, Finding.Status.WARNING), "warning") + ", "
                + some(count(findings, Finding.Status.PROBLEM), "problem") + ", "
                + count(findings, Finding.Status.NOT_CHECKED) + " not checked";
    }

    private static String some(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static long count(List<Finding> findings, Finding.Status status) {
        return findings.stream().filter(finding -> finding.status() == status).count();
    }

    private static ObjectNode json(List<Finding> findings) {
        ObjectNode root = Output.object();
        root.put("healthy", count(findings, Finding.Status.PROBLEM) == 0);
        ArrayNode checks = root.putArray("checks");
        for (Finding finding : findings) {
            ObjectNode node = checks.addObject();
            node.put("check", finding.check());
            node.put("status", finding.status().inJson());
            node.put("what", finding.what());
            finding.remedy().ifPresent(remedy -> node.put("remedy", remedy));
        }
        return root;
    }
}
