package dev.drover.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a server holds, in MiB, when nothing is left to collect. */
record ServerMemory(double resident, double heap) {
    static ServerMemory of(Server server) throws IOException, InterruptedException {
        collect(server.pid());
        return new ServerMemory(ProcessMemory.residentMebibytes(server.pid()), server.heapMebibytes());
    }

    private static void collect(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            throw new IOException("this needs jcmd, which a whole JDK has: set DROVER_JAVA_HOME to one");
        }
        new ProcessBuilder(jcmd.toString(), String.valueOf(pid), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** What each of so many took of the heap, in KiB. */
    double heapOfEach(ServerMemory before, int count) {
        return (heap - before.heap) * 1_024 / count;
    }
}
