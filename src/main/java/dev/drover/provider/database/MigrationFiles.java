package dev.drover.provider.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The migrations on the class path and their checksums, without the search that Flyway makes for them. */
final class MigrationFiles {
    private MigrationFiles() {}

    static Map<String, Integer> checksums(String folder) throws IOException {
        ClassLoader loader = MigrationFiles.class.getClassLoader();
        Map<String, Integer> checksums = new HashMap<>();
        for (URL place : Collections.list(loader.getResources(folder))) {
            for (String name : names(place, folder)) {
                try (InputStream content = loader.getResourceAsStream(folder + "/" + name)) {
                    if (content != null) {
                        checksums.put(name, checksum(content));
                    }
                }
            }
        }
        return checksums;
    }

    private static List<String> names(URL place, String folder) throws IOException {
        if (place.openConnection() instanceof JarURLConnection connection) {
            connection.setUseCaches(false);
            try (JarFile jar = connection.getJarFile()) {
                return jar.stream()
                        .map(entry -> entry.getName())
                        .filter(name -> name.startsWith(folder + "/") && name.endsWith(".sql"))
                        .map(name -> name.substring(folder.length() + 1))
                        .toList();
            }
        }
        try (Stream<Path> files = Files.list(Path.of(place.toURI()))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".sql"))
                    .toList();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** As Flyway reckons it: the lines without their ends. */
    private static int checksum(InputStream content) throws IOException {
        CRC32 checksum = new CRC32();
        BufferedReader lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            checksum.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return (int) checksum.getValue();
    }
}
