package dev.drover.api.jettson;

import dev.drover.api.http.Answer;
import dev.drover.api.http.ByteRange;
import dev.drover.api.http.Call;
import dev.drover.api.http.Disposition;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.artifact.Artifact;
import dev.drover.core.artifact.Artifacts;
import dev.drover.core.id.ArtifactId;
import dev.drover.core.id.Spelling;
import org.jspecify.annotations.Nullable;

/** What agents left behind: list it, read it, delete it (contract, section 13.5). */
public final class JettsonArtifacts {
    private final Artifacts artifacts;

    public JettsonArtifacts(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    public Operation list() {
        return Operation.of("List the files an agent left; empty before its end", this::list)
                .query("limit", Integer.class, "How many; 20 when left out, at most 100")
                .query("cursor", String.class, "The next_cursor of the page before")
                .answers(200, JettsonArtifact.Listed.class)
                .refuses(400, 404);
    }

    private Answer list(Call call) {
        return Answer.ok(JettsonArtifact.Listed.of(
                artifacts.list(call.caller(), JettsonApi.agent(call), call.limit(20, 100), cursor(call))));
    }

    private static @Nullable ArtifactId cursor(Call call) {
        String cursor = call.query("cursor");
        return cursor == null
                ? null
                : Spelling.ARTIFACT
                        .read(cursor)
                        .map(ArtifactId::new)
                        .orElseThrow(
                                () -> new Rejected(new Rejection.QueryMisfit("cursor", "is of no page of this list")));
    }

    public Operation get() {
        return Operation.of("Get one file's description", this::get)
                .answers(200, JettsonArtifact.class)
                .refuses(404);
    }

    private Answer get(Call call) {
        return Answer.ok(JettsonArtifact.of(artifact(call)));
    }

    public Operation content() {
        return Operation.of("Get a file's bytes, or a range of them", this::content)
                .header("Range", String.class, "One range of bytes, as bytes=0-499")
                .answersType(200, "application/octet-stream")
                .answersType(206, "application/octet-stream")
                .refuses(404, 416);
    }

    private Answer content(Call call) {
        Artifact artifact = artifact(call);
        String tag = '"' + artifact.sha256() + '"';
        String condition = call.header("If-Range");
        String wanted = condition == null || condition.equals(tag) ? call.header("Range") : null;
        ByteRange range = ByteRange.of(wanted, artifact.size());
        if (range.isOutside()) {
            return JettsonError.answer(
                            416, "invalid_range", "The file has " + artifact.size() + " bytes, and none in that range")
                    .with("Content-Range", "bytes */" + artifact.size());
        }
        Answer answer = Answer.download(
                        range.isWhole() ? 200 : 206,
                        artifact.mimeType(),
                        range.length(),
                        () -> artifacts.content(artifact, range.from(), range.to()))
                .with("ETag", tag)
                .with("Accept-Ranges", "bytes")
                .with(
                        "Content-Disposition",
                        Disposition.attachment(
                                artifact.path().substring(artifact.path().lastIndexOf('/') + 1)));
        return range.isWhole() ? answer : answer.with("Content-Range", range.header(artifact.size()));
    }

    public Operation delete() {
        return Operation.of("Delete one file", this::delete)
                .answersType(204, "")
                .refuses(404);
    }

    private Answer delete(Call call) {
        artifacts.delete(call.caller(), JettsonApi.agent(call), id(call));
        return Answer.noContent();
    }

    private Artifact artifact(Call call) {
        return artifacts.get(call.caller(), JettsonApi.agent(call), id(call));
    }

    private static ArtifactId id(Call call) {
        String id = call.path("artifact_id");
        return Spelling.ARTIFACT
                .read(id)
                .map(ArtifactId::new)
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.ARTIFACT, id)));
    }
}
