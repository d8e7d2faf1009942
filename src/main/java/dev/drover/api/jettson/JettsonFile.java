package dev.drover.api.jettson;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Fields;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.ArtifactId;
import dev.drover.core.id.Spelling;
import dev.drover.core.run.RunFile;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A file of a spawn: its path, and exactly one of the three places its bytes come from. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JettsonFile(
        String path,
        @Nullable String content,
        @Nullable String contentBase64,
        @Nullable String artifactId) {
    static @Nullable List<JettsonFile> read(@Nullable List<Fields> files) {
        return files == null ? null : files.stream().map(JettsonFile::read).toList();
    }

    private static JettsonFile read(Fields fields) {
        String path = fields.text("path");
        if (path == null) {
            throw refused("has a file without a path");
        }
        return new JettsonFile(path, fields.text("content"), fields.text("content_base64"), fields.text("artifact_id"));
    }

    RunFile file() {
        long sources = Stream.of(content, contentBase64, artifactId)
                .filter(Objects::nonNull)
                .count();
        if (sources != 1) {
            throw refused("has '" + path + "', which needs exactly one of content, content_base64, artifact_id");
        }
        return new RunFile(path, source());
    }

    private RunFile.Source source() {
        if (content != null) {
            return new RunFile.Source.Given(content.getBytes(StandardCharsets.UTF_8));
        }
        if (contentBase64 != null) {
            return new RunFile.Source.Given(decoded(contentBase64));
        }
        return Spelling.ARTIFACT
                .read(String.valueOf(artifactId))
                .map(id -> new RunFile.Source.Kept(new ArtifactId(id)))
                .orElseThrow(() -> refused("has '" + path + "', whose artifact_id is no artifact of yours"));
    }

    private byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw refused("has '" + path + "', whose content_base64 is no base64: " + e.getMessage());
        }
    }

    private static Refused refused(String reason) {
        return new Refused(new Problem.Invalid("files", reason));
    }
}
