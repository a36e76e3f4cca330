package io.github.mlflowauth.deploy.heroku;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.deploy.Command;
import io.github.mlflowauth.deploy.Component;
import io.github.mlflowauth.deploy.Requires;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A missing or bad setting is one clear line and a failure, before anything listens. */
@Requires(Component.DOCKER)
class GateSettingsTest {
    private static final Settings GOOD = Gate.settings().with("DATABASE_URL", Backends.url("postgres"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PORT",
                "DATABASE_URL",
                "BASIC_AUTH_USER",
                "BASIC_AUTH_PASSWORD",
                "S3_LOCATION",
                "AWS_ACCESS_KEY_ID",
                "AWS_SECRET_ACCESS_KEY",
                "APP_HOST"
            })
    void aMissingVariableIsNamed(String name) {
        assertThat(refusal(GOOD.without(name))).startsWith(name + " is not set.");
        assertThat(refusal(GOOD.with(name, ""))).startsWith(name + " is not set.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "PORT | http | PORT is not a port number.",
                "PORT | 70000 | PORT is not a port number.",
                "DATABASE_URL | mysql://u:hush-hush@h/db | DATABASE_URL is not a PostgreSQL URL",
                "DATABASE_URL | postgres://u:hush-hush@pg:port/db | DATABASE_URL is not a URL:",
                "DATABASE_URL | postgres://u:hush-hush@pg | DATABASE_URL lacks the host or the database name",
                "DATABASE_URL | postgres://u:hush-hush@pg/db?sslmod=require | DATABASE_URL has an option",
                "BASIC_AUTH_USER | a:b | BASIC_AUTH_USER is not a user name",
                "BASIC_AUTH_PASSWORD | hush-hush | BASIC_AUTH_PASSWORD is shorter than 16 characters.",
                "BASIC_AUTH_PASSWORD | hush-hush-changeme | BASIC_AUTH_PASSWORD is a default",
                "BASIC_AUTH_PASSWORD | hush-hush-Password1 | BASIC_AUTH_PASSWORD is a default",
                "S3_LOCATION | https://bucket/x | S3_LOCATION is not an S3 location",
                "S3_LOCATION | s3://Bucket_/x | S3_LOCATION is not an S3 location",
                "AWS_SECRET_ACCESS_KEY | hush hush | AWS_SECRET_ACCESS_KEY is not an AWS secret access key",
                "MLFLOW_S3_ENDPOINT_URL | moto:5000 | MLFLOW_S3_ENDPOINT_URL is not an http or https URL.",
                "APP_HOST | https://example.org | APP_HOST is not a list of host names",
                "APP_HOST | * | APP_HOST is not a list of host names",
                "APP_HOST | , | APP_HOST is not a list of host names",
                "ARTIFACT_ACCESS | s3 | ARTIFACT_ACCESS is neither proxy nor direct.",
                "WEB_CONCURRENCY | many | WEB_CONCURRENCY is not a number of workers.",
                "WEB_CONCURRENCY | 90 | WEB_CONCURRENCY asks for 90 workers;",
                "WEB_CONCURRENCY | 2 | WEB_CONCURRENCY asks for 2 workers;",
                "DATABASE_CONNECTIONS | 3 | DATABASE_CONNECTIONS=3 is too few; MLflow needs 10."
            })
    void aBadVariableIsNamedAndItsSecretIsNot(String name, String value, String expected) {
        String refusal = refusal(GOOD.with(name, value));

        assertThat(refusal).startsWith(expected).doesNotContain("hush");
    }

    @Test
    void anUnreachableDatabaseIsOneLine() {
        String refusal = refusal(GOOD.with("DATABASE_URL", "postgres://u:hush-hush@pg:5433/db"));

        assertThat(refusal)
                .startsWith("DATABASE_URL: no connection to pg:5433/db within 15 s (")
                .contains("refused")
                .doesNotContain("hush");
    }

    @Test
    void aWrongDatabasePasswordIsOneLine() {
        String refusal =
                refusal(GOOD.with("DATABASE_URL", "postgres://postgres:hush-hush@pg:5432/postgres?sslmode=disable"));

        assertThat(refusal).contains("password authentication failed").doesNotContain("hush");
    }

    @Test
    void withoutAWordAboutItTheDatabaseMustSpeakTls() {
        String refusal =
                refusal(GOOD.with("DATABASE_URL", Backends.url("postgres").replaceAll("\\?.*", "")));

        assertThat(refusal).contains("server does not support SSL");
    }

    @Test
    void aDatabaseOfSomethingElseIsLeftAlone() {
        String database = Backends.emptyDatabase();
        Backends.sql(database, "CREATE TABLE invoices (id int)");

        String refusal = refusal(GOOD.with("DATABASE_URL", Backends.url(database)));

        assertThat(refusal).startsWith("The database holds tables of something else");
    }

    @Test
    void anOutdatedSchemaNamesTheReleaseCommand() {
        String database = Backends.migratedDatabase();
        Backends.sql(database, "UPDATE alembic_version SET version_num = '0584bdc529eb'");

        String refusal = refusal(GOOD.with("DATABASE_URL", Backends.url(database)));

        assertThat(refusal)
                .startsWith("The database's schema is at revision 0584bdc529eb instead of ")
                .contains("`migrate`");
    }

    /** What is printed: exactly one line of ours, and a failure. */
    private static String refusal(Settings settings) {
        Command.Result result = Gate.oneShot(settings);
        List<String> lines =
                result.all().lines().filter(line -> !line.isBlank()).collect(Collectors.toList());

        assertThat(result.status()).as(result.all()).isEqualTo(1);
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).startsWith("mlflow-gate: ");
        return lines.get(0).substring("mlflow-gate: ".length());
    }
}
