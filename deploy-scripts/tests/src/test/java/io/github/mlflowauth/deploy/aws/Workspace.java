package io.github.mlflowauth.deploy.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlflowauth.deploy.Command;
import io.github.mlflowauth.deploy.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the Terraform folder, so that nothing is left behind in the repository. */
final class Workspace {
    private final Path root;
    private final StringBuilder printed = new StringBuilder();

    Workspace(Path folder) throws IOException {
        root = folder.resolve("terraform");
        Path source = Repository.root().resolve("terraform");
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files.filter(f -> !f.toString().contains(".terraform"))::iterator) {
                Path copy = root.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    Path module() {
        return root.resolve("modules/aws-artifact-store");
    }

    Path example() {
        return root.resolve("examples/heroku");
    }

    /** Points the example's provider at the fake AWS, and sets its variables. */
    void configure(Moto moto, String... variables) throws IOException {
        StringBuilder endpoints = new StringBuilder();
        for (String service : List.of("iam", "s3", "secretsmanager", "sts")) {
            endpoints
                    .append("    ")
                    .append(service)
                    .append(" = \"")
                    .append(moto.url())
                    .append("\"\n");
        }
        Files.writeString(example().resolve("fake_aws_override.tf"), """
                provider "aws" {
                  access_key                  = "administrator"
                  secret_key                  = "administrator"
                  skip_credentials_validation = true
                  skip_metadata_api_check     = true
                  s3_use_path_style           = true
                  endpoints {
                %s  }
                }
                """.formatted(endpoints));
        Files.writeString(
                example().resolve("terraform.tfvars"),
                "region = \"eu-central-1\"\nbucket_name = \"team-artifacts\"\nsecret_recovery_window_days = 0\n"
                        + String.join("\n", variables) + "\n");
        terraform(example(), "init", "-input=false");
    }

    Command.Result terraform(Path folder, String... arguments) {
        Command.Result result = run(folder, arguments);
        if (result.status() != 0) {
            throw new AssertionError("terraform " + arguments[0] + ": " + result.all());
        }
        return result;
    }

    Command.Result run(Path folder, String... arguments) {
        List<String> line = new ArrayList<>(List.of("terraform"));
        line.addAll(Arrays.asList(arguments));
        line.add("-no-color");
        Command.Result result =
                Command.of(line).in(folder).within(Duration.ofMinutes(5)).run();
        printed.append(result.all());
        return result;
    }

    JsonNode outputs() throws IOException {
        return new ObjectMapper()
                .readTree(terraform(example(), "output", "-json").out());
    }

    /** Without the escapes that Terraform writes for some characters. */
    String state() throws IOException {
        return new ObjectMapper()
                .readTree(example().resolve("terraform.tfstate").toFile())
                .toString();
    }

    /** Everything that Terraform has printed so far. */
    String printed() {
        return printed.toString();
    }
}
