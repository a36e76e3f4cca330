package io.github.mlflowauth.deploy.heroku;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.deploy.Command;
import io.github.mlflowauth.deploy.Component;
import io.github.mlflowauth.deploy.Requires;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The release phase, and what a first start does without one. */
@Requires(Component.DOCKER)
class ReleaseTest {
    private static final String REVISION = "SELECT version_num FROM alembic_version";

    @Test
    void twoReleasesAtOnceMigrateOnce() {
        String database = Backends.emptyDatabase();
        // Heroku hands over the command as arguments or through a shell.
        List<CompletableFuture<Command.Result>> releases = Stream.of(
                        new String[] {"migrate"}, new String[] {"/bin/sh", "-c", "migrate"})
                .map(arguments -> CompletableFuture.supplyAsync(() -> migrate(database, arguments)))
                .collect(Collectors.toList());
        List<Command.Result> results =
                releases.stream().map(CompletableFuture::join).collect(Collectors.toList());

        assertThat(results)
                .allSatisfy(
                        result -> assertThat(result.status()).as(result.all()).isZero());
        assertThat(results.stream().map(Command.Result::out))
                .containsExactlyInAnyOrder(
                        "The database's schema was empty, now it is up to date\n",
                        "The database's schema is up to date\n");
    }

    @Test
    void anOlderSchemaIsUpgraded() {
        String database = Backends.migratedDatabase();
        String current = Backends.sql(database, REVISION);
        String previous = previousRevision();
        downgrade(database, previous);

        Command.Result result = migrate(database, "migrate");

        assertThat(result.status()).as(result.all()).isZero();
        assertThat(result.out()).contains("was at revision " + previous, "up to date");
        assertThat(Backends.sql(database, REVISION)).isEqualTo(current).isNotEqualTo(previous);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5001", "5000"})
    void aNewDatabaseIsFilledAndMlflowsPortGivesWay(String port) {
        Settings settings =
                Gate.settings().with("PORT", port).with("DATABASE_URL", Backends.url(Backends.emptyDatabase()));

        try (Gate gate = Gate.start(settings)) {
            assertThat(gate.http()
                            .api("experiments/search", "{\"max_results\": 1}")
                            .body())
                    .contains("Default");
        }
    }

    @Test
    void directAccessGivesNewExperimentsAPlaceOnS3() {
        Settings settings = Gate.settings()
                .with("ARTIFACT_ACCESS", "direct")
                .with("DATABASE_URL", Backends.url(Backends.migratedDatabase()));

        try (Gate gate = Gate.start(settings)) {
            String created = gate.http()
                    .api("experiments/create", "{\"name\": \"direct\"}")
                    .body();
            assertThat(created).contains("experiment_id");
            assertThat(gate.http()
                            .get(
                                    "/api/2.0/mlflow/experiments/get-by-name?experiment_name=direct",
                                    "Authorization",
                                    Http.basic(Gate.USER, Gate.PASSWORD))
                            .body())
                    .contains("s3://" + Backends.BUCKET + "/mlflow/");
        }
    }

    private static Command.Result migrate(String database, String... arguments) {
        // The release phase needs no other setting than the database.
        return Gate.oneShot(new Settings(java.util.Map.of("DATABASE_URL", Backends.url(database))), arguments);
    }

    private static String previousRevision() {
        return Gate.oneShot(Gate.settings(), "python", "-c", """
                from alembic.script import ScriptDirectory
                from mlflow.store.db.utils import _get_alembic_config
                scripts = ScriptDirectory.from_config(_get_alembic_config(''))
                print(scripts.get_revision(scripts.get_heads()[0]).down_revision)
                """).out().strip();
    }

    private static void downgrade(String database, String revision) {
        Settings settings = Gate.settings()
                .with("TARGET", revision)
                .with("DATABASE_URL", Backends.url(database).replaceFirst("^postgres:", "postgresql:"));
        Command.Result result = Gate.oneShot(settings, "python", "-c", """
                import os, sqlalchemy
                from alembic import command
                from mlflow.store.db.utils import _get_alembic_config
                config = _get_alembic_config('')
                with sqlalchemy.create_engine(os.environ['DATABASE_URL']).begin() as connection:
                    config.attributes['connection'] = connection
                    command.downgrade(config, os.environ['TARGET'])
                """);
        assertThat(result.status()).as(result.all()).isZero();
    }
}
