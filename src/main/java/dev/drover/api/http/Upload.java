package dev.drover.api.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.jspecify.annotations.Nullable;

/** A body that may hold a file: it lies on disk, not in memory, until this is closed. */
public final class Upload implements AutoCloseable {
    private static final int LONGEST_FIELD = 64 * 1024;
    private static final String BODY = "body";

    private final String contentType;
    private final Path folder;
    private final Map<String, String> fields = new HashMap<>();
    private final Map<String, Sent> files = new HashMap<>();

    private Upload(String contentType, Path folder) {
        this.contentType = contentType;
        this.folder = folder;
    }

    static Upload keep(@Nullable String contentType, long limit, Inquiry.Source body) {
        try {
            Upload upload =
                    new Upload(contentType == null ? "" : contentType, Files.createTempDirectory("drover-upload-"));
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(upload.folder.resolve(BODY)))) {
                body.copy(limit, out);
            } catch (IOException | RuntimeException e) {
                upload.close();
                throw e;
            }
            return upload;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is a form with parts; anything else is read as JSON. */
    public boolean isForm() {
        return contentType.regionMatches(true, 0, "multipart/form-data", 0, 19);
    }

    /** The body as a JSON object, all of it in memory. */
    public Fields fields() {
        try (InputStream in = body()) {
            return new Fields(JsonCodec.object(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the parts of a form; a field or a file that comes twice counts the first time. */
    public Upload parts() {
        try (InputStream in = body()) {
            Multipart.read(contentType, in, this::take);
        } catch (FileUploadException e) {
            throw new Rejected(new Rejection.Malformed(400, "The body is no whole multipart form"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private void take(FileItemInput part) throws IOException {
        String name = part.getFieldName();
        String fileName = part.getName();
        if (fileName != null && !fileName.isEmpty()) {
            if (!files.containsKey(name)) {
                Path kept = folder.resolve("file-" + files.size());
                Files.copy(part.getInputStream(), kept);
                files.put(name, new Sent(fileName, kept));
            }
            return;
        }
        byte[] value = part.getInputStream().readNBytes(LONGEST_FIELD + 1);
        if (value.length > LONGEST_FIELD) {
            throw new Rejected(new Rejection.Malformed(
                    400, "The field '" + name + "' is longer than " + LONGEST_FIELD + " bytes: send it as a file"));
        }
        fields.putIfAbsent(name, new String(value, StandardCharsets.UTF_8));
    }

    public @Nullable String field(String name) {
        return fields.get(name);
    }

    public @Nullable Sent file(String name) {
        return files.get(name);
    }

    /** Lays a text beside the body, in UTF-8. */
    public Path keep(String text) {
        Path kept = folder.resolve("text");
        try (Writer writer = Files.newBufferedWriter(
                kept, StandardCharsets.UTF_8.newEncoder().charset())) {
            writer.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return kept;
    }

    private InputStream body() throws IOException {
        return new BufferedInputStream(Files.newInputStream(folder.resolve(BODY)));
    }

    @Override
    public void close() {
        try (Stream<Path> left = Files.list(folder)) {
            for (Path each : left.toList()) {
                Files.deleteIfExists(each);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file as it was sent: what it was called there, and where its bytes lie. */
    public record Sent(String name, Path bytes) {}
}
