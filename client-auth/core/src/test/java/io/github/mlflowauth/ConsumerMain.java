package io.github.mlflowauth;

/** A consumer's program: makes a client and says how that went. {@link OlderOkHttpTest} runs it in a JVM of its own. */
final class ConsumerMain {
    private ConsumerMain() {}

    public static void main(String[] args) {
        try (AuthMlflowClient client = MlflowClients.forBearerToken("https://mlflow.example.com", "topsecret")) {
            System.out.println("made " + client.getClass().getSimpleName());
        } catch (Throwable e) {
            System.out.println(e.getClass().getName() + ": " + e.getMessage());
        }
    }
}
