package dev.drover.chaos;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** How a server is started: as quickly as it goes, since each kill costs a start. */
record ServerProgram(List<String> command) {
    private static final String CLASSES = "classes";
    private static final long LONGEST_TRAINING_SECONDS = 300;

    private static List<String> java(String classPath, String... more) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Xlog:disable"));
        words.addAll(List.of(more));
        words.addAll(List.of("-cp", classPath, "dev.drover.Main"));
        return words;
    }

    /** From the classes as they were compiled. */
    static ServerProgram plain() {
        return serving(java(System.getProperty("java.class.path")));
    }

    /** With a start-up cache like the launcher's, which halves the work of a start; made once, in some seconds. */
    static ServerProgram warmed(Path folder) {
        String classPath = jars(folder);
        Path cache = folder.resolve("drover.aot");
        List<String> lesson = java(classPath, "-XX:AOTCacheOutput=" + cache);
        lesson.addAll(List.of("run", "--data", folder.resolve("lesson").toString(), "WRITE a: b\nREAD a\n$ true"));
        ProcessBuilder builder = new ProcessBuilder(lesson)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("lesson.log").toFile());
        builder.environment().putAll(Map.of("DROVER_COMPUTERS", "process", "DROVER_MODEL", "offline"));
        try {
            boolean ended = builder.start().waitFor(LONGEST_TRAINING_SECONDS, TimeUnit.SECONDS);
            return ended && Files.exists(cache) ? serving(java(classPath, "-XX:AOTCache=" + cache)) : plain();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return plain();
        }
    }

    private static ServerProgram serving(List<String> java) {
        List<String> words = new ArrayList<>(List.of("setsid"));
        words.addAll(java);
        words.add("serve");
        return new ServerProgram(List.copyOf(words));
    }

    /** A cache holds for jars alone, so our own classes become one. */
    private static String jars(Path folder) {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.isRegularFile(path)) {
                jars.add(entry);
            } else if (path.endsWith(CLASSES)) {
                jars.addFirst(jar(path, folder.resolve("drover.jar")));
            }
        }
        return String.join(File.pathSeparator, jars);
    }

    private static String jar(Path classes, Path jar) {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> found = Files.walk(classes)) {
            for (Path path : found.filter(each -> !each.equals(classes)).toList()) {
                // Folders too: migrations are looked for in one.
                boolean folder = Files.isDirectory(path);
                out.putNextEntry(new JarEntry(classes.relativize(path) + (folder ? "/" : "")));
                if (!folder) {
                    Files.copy(path, out);
                }
                out.closeEntry();
            }
            return jar.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
