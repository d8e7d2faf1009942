package dev.drover.api.make;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Fields;
import dev.drover.api.http.HttpServer;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.api.http.Upload;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.context.AddContext;
import dev.drover.core.context.Contexts;
import dev.drover.core.id.ContextId;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/** Files that agents look things up in (contract, section 3.8). */
public final class MakeContexts {
    /** A body that is a little too large for a file is read whole, so that its sender reads our answer. */
    private static final long LIMIT = HttpServer.LARGEST_BODY;

    private final Contexts contexts;
    private final MakeTeam team;

    /** A long text in JSON takes several times its size while it is read. */
    private final Semaphore readers = new Semaphore(1, true);

    public MakeContexts(Contexts contexts, MakeTeam team) {
        this.contexts = contexts;
        this.team = team;
    }

    public Operation add() {
        return Operation.of("Give an agent a file, as a form with `agentId` and `file`, or as JSON", this::add)
                .takes(MakeContextWish.class, "application/json", LIMIT)
                .query("teamId", Integer.class, "The team")
                .answers(201, MakeContext.class)
                .refuses(400, 404);
    }

    private Answer add(Call call) {
        Caller caller = team.caller(call);
        try (Upload upload = call.upload()) {
            AddContext wanted = upload.isForm() ? ofForm(caller, upload.parts()) : ofJson(caller, upload);
            return Answer.json(201, MakeContext.of(contexts.add(caller, wanted)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(new Problem.Unavailable("the server is stopping", null));
        }
    }

    private AddContext ofForm(Caller caller, Upload form) {
        MakeContextWish wish = MakeContextWish.of(form);
        contexts.see(caller, wish.agent());
        Upload.Sent file = form.file("file");
        if (file != null) {
            return wish.file(file);
        }
        String content = wish.content();
        if (content == null) {
            throw Refused.invalid("file", "Required");
        }
        return wish.text(form.keep(content));
    }

    private AddContext ofJson(Caller caller, Upload upload) throws InterruptedException {
        readers.acquire();
        try {
            Fields fields = upload.fields().byPath();
            MakeContextWish wish = MakeContextWish.of(fields);
            contexts.see(caller, wish.agent());
            String content = wish.content();
            if (content == null) {
                throw Refused.invalid("content", "Required");
            }
            Path text = upload.keep(content);
            return wish.text(text);
        } finally {
            readers.release();
        }
    }

    public Operation list() {
        return Operation.of("List the files of an agent, oldest first", this::list)
                .query("teamId", Integer.class, "The team")
                .query("agentId", String.class, "Whose files")
                .answers(200, MakeContext[].class)
                .refuses(400, 404);
    }

    private Answer list(Call call) {
        Caller caller = team.caller(call);
        String agent = call.query("agentId");
        if (agent == null) {
            throw new Rejected(new Rejection.QueryMisfit("agentId", "Required"));
        }
        return Answer.ok(contexts.list(caller, MakeContextWish.agent(agent)).stream()
                .map(MakeContext::of)
                .toList());
    }

    public Operation delete() {
        return Operation.of("Take a file away for good", this::delete)
                .query("teamId", Integer.class, "The team")
                .answersType(204, "")
                .refuses(400, 404);
    }

    private Answer delete(Call call) {
        Caller caller = team.caller(call);
        contexts.delete(caller, new ContextId(MakeTeam.uuid(call, "contextId")));
        return Answer.noContent();
    }
}
