package io.github.mlflowauth.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The first logged metric of a fresh JVM, for both sides in turns. */
public final class ColdStart {
    private static final int DEFAULT_ROUNDS = 20;

    private ColdStart() {}

    /**
     * @param args how many JVMs to start for each side; without it, 20
     */
    public static void main(String[] args) throws Exception {
        run(args.length == 0 ? DEFAULT_ROUNDS : Integer.parseInt(args[0]), System.out);
    }

    static void run(int rounds, PrintStream out) throws IOException, InterruptedException {
        Times stock = new Times(Side.STOCK, new Spread(), new Spread());
        Times ours = new Times(Side.OURS, new Spread(), new Spread());
        try (StubServer server = new StubServer()) {
            // One of each beforehand, so that all jars are in the page cache.
            coldCall(Side.STOCK, server.uri());
            coldCall(Side.OURS, server.uri());
            out.print("rounds:");
            for (int round = 1; round <= rounds; round++) {
                // Who comes first changes, so that neither side always follows the other.
                for (Times times : round % 2 == 0 ? List.of(stock, ours) : List.of(ours, stock)) {
                    long start = System.nanoTime();
                    times.call.add(coldCall(times.side, server.uri()));
                    times.process.add(System.nanoTime() - start);
                }
                out.print(" " + round);
                out.flush();
            }
        }
        out.println();
        for (Times times : List.of(stock, ours)) {
            out.println(times.side + " first metric  " + times.call);
            out.println(times.side + " whole process " + times.process);
        }
    }

    private record Times(Side side, Spread call, Spread process) {}

    private static long coldCall(Side side, String uri) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ColdCall.class.getName(),
                        side.name(),
                        uri)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IOException(side + " failed with exit code " + exit + ": see its error above.");
        }
        return Long.parseLong(output);
    }
}
