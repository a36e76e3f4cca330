package io.github.mlflowauth.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The environment variables, in the help of every command that talks to a server. */
final class EnvironmentHelp {
    private static final String KEY = "environment";

    private static final String[][] VARIABLES = {
        {"MLFLOW_TRACKING_URI", "the server's address, as --tracking-uri"},
        {"MLFLOW_TRACKING_USERNAME", "user name for Basic auth, as --user"},
        {"MLFLOW_TRACKING_PASSWORD", "password for Basic auth"},
        {"MLFLOW_TRACKING_TOKEN", "bearer token; or MLFLOW_TRACKING_TOKEN_FILE"},
        {"MLFLOW_TRACKING_AUTH", "basic, bearer, iap or a plugin's name"},
        {"MLFLOW_IAP_AUDIENCE", "audience for Identity-Aware Proxy, as --iap-audience"},
        {"MLFLOW_IAP_IMPERSONATE", "service account to act as"},
        {"GOOGLE_APPLICATION_CREDENTIALS", "key file of the Google identity"},
        {"MLFLOW_TRACKING_SERVER_CERT_PATH", "PEM file of the authorities to trust"},
        {"HTTPS_PROXY, NO_PROXY", "proxy on the way"},
    };

    private EnvironmentHelp() {}

    static List<String> keys(List<String> usual) {
        List<String> keys = new ArrayList<>(usual);
        keys.add(keys.indexOf(UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING), KEY);
        return keys;
    }

    static Map<String, IHelpSectionRenderer> sections(Map<String, IHelpSectionRenderer> usual) {
        Map<String, IHelpSectionRenderer> sections = new HashMap<>(usual);
        sections.put(KEY, EnvironmentHelp::render);
        return sections;
    }

    private static String render(Help help) {
        if (help.commandSpec().findOption("--tracking-uri") == null) {
            return "";
        }
        StringBuilder text = new StringBuilder(String.format("%nEnvironment (options win over it):%n"));
        for (String[] variable : VARIABLES) {
            text.append(String.format("  %-33s%s%n", variable[0], variable[1]));
        }
        return text.toString();
    }
}
