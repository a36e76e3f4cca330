package io.github.mlflowauth.cli.doctor;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who answers a stranger: MLflow itself, or a gate in front of it. Only a hint; the auth check decides. */
final class GateCheck {
    private static final Pattern CLIENT_ID = Pattern.compile("[?&]client_id=([\\w.-]{1,200})");
    private static final Pattern REALM = Pattern.compile("(?i)basic\\s+realm=\"([^\"]*)\"");

    private final Probe probe;

    GateCheck(Probe probe) {
        this.probe = probe;
    }

    Finding run(String check) {
        return probe.answer()
                .map(answer -> describe(check, answer))
                .orElseGet(() -> Finding.notChecked(check, probe.whyNot()));
    }

    private static Finding describe(String check, HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (isIap(answer)) {
            return Finding.ok(check, "Identity-Aware Proxy answers (" + status + ")" + signInHint(answer));
        }
        if (status == 200) {
            return healthy(check, answer);
        }
        if (status >= 300 && status < 400) {
            return Finding.warning(
                    check,
                    "a stranger is sent to " + target(answer),
                    "Use the auth that this gate wants, or check MLFLOW_TRACKING_URI (https instead of http, the right"
                            + " path prefix).");
        }
        if (status == 401) {
            return Finding.ok(check, "a gate with " + scheme(answer) + " is in front of MLflow");
        }
        return Finding.warning(
                check,
                "GET /health answers " + status,
                status == 404
                        ? "Check the path prefix in MLFLOW_TRACKING_URI: MLflow answers /health below its own."
                        : "Look into the log of the server, and of what is in front of it.");
    }

    private static Finding healthy(String check, HttpResponse<String> answer) {
        if (answer.body().trim().equals("OK")) {
            return Finding.ok(check, "none: MLflow answers directly, or the gate lets /health through");
        }
        return Finding.warning(
                check,
                "a web page answers instead of MLflow",
                "It may be a sign-in page or another server: check MLFLOW_TRACKING_URI, and the auth that the gate wants.");
    }

    private static boolean isIap(HttpResponse<String> answer) {
        boolean marked = answer.headers()
                .firstValue("x-goog-iap-generated-response")
                .map(value -> value.equalsIgnoreCase("true"))
                .orElse(false);
        return marked
                || location(answer)
                        .map(URI::getHost)
                        .map("accounts.google.com"::equals)
                        .orElse(false);
    }

    private static String signInHint(HttpResponse<String> answer) {
        Matcher id = CLIENT_ID.matcher(answer.headers().firstValue("location").orElse(""));
        return id.find()
                ? "; its browser sign-in uses the OAuth client " + id.group(1)
                        + ", which is a hint only: with a Google-managed client it is no usable audience"
                : "";
    }

    private static String scheme(HttpResponse<String> answer) {
        String header = answer.headers().firstValue("www-authenticate").orElse("");
        Matcher realm = REALM.matcher(header);
        if (realm.find()) {
            return "Basic auth (realm \"" + realm.group(1) + "\")";
        }
        return header.isEmpty() ? "auth of an unnamed kind" : header.split("[ ,]", 2)[0] + " auth";
    }

    private static String target(HttpResponse<String> answer) {
        return location(answer)
                .map(uri -> uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath())
                .orElse("another page");
    }

    private static Optional<URI> location(HttpResponse<String> answer) {
        try {
            return answer.headers().firstValue("location").map(answer.uri()::resolve);
        } catch (IllegalArgumentException notAUri) {
            return Optional.empty();
        }
    }
}
