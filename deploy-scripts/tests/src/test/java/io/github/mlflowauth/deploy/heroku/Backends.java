package io.github.mlflowauth.deploy.heroku;

import io.github.mlflowauth.deploy.Images;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** The PostgreSQL and the fake S3 that every container under test talks to; started once per run. */
final class Backends {
    static final String POSTGRES_PASSWORD = "pg-secret-7f3b1c";
    static final String BUCKET = "artifacts";
    static final Network NETWORK = Network.newNetwork();
    static final GenericContainer<?> POSTGRES = service("pg")
            .withEnv("POSTGRES_PASSWORD", POSTGRES_PASSWORD)
            .waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 1));
    static final GenericContainer<?> MOTO = service("moto")
            .withCommand("/opt/tools/bin/moto_server", "-H", "0.0.0.0", "-p", "5000")
            .withExposedPorts(5000)
            .waitingFor(Wait.forHttp("/moto-api/"));

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String TEMPLATE = "migrated";

    static {
        POSTGRES.start();
        MOTO.start();
        exec(MOTO, "/opt/tools/bin/python", "-c", """
                import boto3
                boto3.client('s3', endpoint_url='http://127.0.0.1:5000', region_name='us-east-1',
                             aws_access_key_id='any', aws_secret_access_key='any').create_bucket(Bucket='%s')
                """.formatted(BUCKET));
        sql("postgres", "CREATE DATABASE " + TEMPLATE);
        Gate.oneShot(Gate.settings().with("DATABASE_URL", url(TEMPLATE)), "migrate");
    }

    private Backends() {}

    private static GenericContainer<?> service(String alias) {
        return new GenericContainer<>(DockerImageName.parse(Images.services()))
                .withNetwork(NETWORK)
                .withNetworkAliases(alias);
    }

    /** A new database with nothing in it. */
    static String emptyDatabase() {
        String name = "db" + DATABASES.incrementAndGet();
        sql("postgres", "CREATE DATABASE " + name);
        return name;
    }

    /** A new database with MLflow's schema. */
    static String migratedDatabase() {
        String name = "db" + DATABASES.incrementAndGet();
        sql("postgres", "CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
        return name;
    }

    /** What Heroku would put into DATABASE_URL; the test's PostgreSQL speaks no TLS. */
    static String url(String database) {
        return "postgres://postgres:" + POSTGRES_PASSWORD + "@pg:5432/" + database + "?sslmode=disable";
    }

    static String sql(String database, String statement) {
        return exec(
                POSTGRES,
                "env",
                "PGPASSWORD=" + POSTGRES_PASSWORD,
                "psql",
                "-h",
                "127.0.0.1",
                "-U",
                "postgres",
                "-d",
                database,
                "-Atc",
                statement);
    }

    /** As a crash of the database does: every connection breaks, a moment later it is there again. */
    static void restartPostgres() {
        io.github.mlflowauth.deploy.Command.of("docker", "restart", "-t", "1", POSTGRES.getContainerId())
                .succeed();
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(AssertionError.class)
                .until(() -> sql("postgres", "SELECT 1").equals("1"));
    }

    static String exec(GenericContainer<?> container, String... command) {
        try {
            ExecResult result = container.execInContainer(command);
            if (result.getExitCode() != 0) {
                throw new AssertionError(command[0] + ": " + result.getStdout() + result.getStderr());
            }
            return result.getStdout().strip();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
