package dev.drover.api.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of the console, ours and those of libraries, by their paths below one version. */
final class ConsoleFiles {
    private static final String OURS = "/console";

    /** Of libraries just these files, so that nothing is served that no page asks for. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "lib/lit-html/lit-html.js", "lit-html/3.3.2/lit-html.js",
            "lib/lit-html/directive.js", "lit-html/3.3.2/directive.js",
            "lib/lit-html/directive-helpers.js", "lit-html/3.3.2/directive-helpers.js",
            "lib/lit-html/directives/repeat.js", "lit-html/3.3.2/directives/repeat.js",
            "lib/lit-html/directives/live.js", "lit-html/3.3.2/directives/live.js",
            "lib/lit-html/directives/keyed.js", "lit-html/3.3.2/directives/keyed.js",
            "lib/xterm/xterm.js", "xterm/4.9.0/lib/xterm.js",
            "lib/xterm/xterm.css", "xterm/4.9.0/css/xterm.css",
            "lib/xterm/xterm-addon-fit.js", "xterm-addon-fit/0.3.0/lib/xterm-addon-fit.js");

    private final Map<String, byte[]> files;
    private final String version;

    private ConsoleFiles(Map<String, byte[]> files) {
        this.files = files;
        this.version = digest(files);
    }

    static ConsoleFiles read() {
        Map<String, byte[]> files = new TreeMap<>();
        try {
            URL ours = ConsoleFiles.class.getResource(OURS);
            if (ours == null) {
                throw new IllegalStateException("the class path lacks " + OURS);
            }
            URI place = ours.toURI();
            if (place.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
                    collect(jar.getPath(OURS), files);
                }
            } else {
                collect(Path.of(place), files);
            }
            for (Map.Entry<String, String> library : LIBRARIES.entrySet()) {
                files.put(library.getKey(), webjar(library.getValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return new ConsoleFiles(files);
    }

    /** Changes with every change of any file. */
    String version() {
        return version;
    }

    /** @param path such as {@code js/main.js} */
    Optional<byte[]> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private static void collect(Path folder, Map<String, byte[]> into) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                into.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
    }

    private static byte[] webjar(String file) throws IOException {
        String resource = "/META-INF/resources/webjars/" + file;
        try (InputStream in = ConsoleFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + resource);
            }
            return in.readAllBytes();
        }
    }

    private static String digest(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.values().forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
