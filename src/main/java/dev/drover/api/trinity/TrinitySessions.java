package dev.drover.api.trinity;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.agent.Reached;
import dev.drover.core.execution.ChatSession;
import dev.drover.core.execution.Chats;
import dev.drover.core.execution.Execution;
import dev.drover.core.execution.Executions;
import dev.drover.core.id.Spelling;
import dev.drover.core.run.LaneRun;
import dev.drover.core.run.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was said in the chats of an agent (the product's shapes). */
public final class TrinitySessions {
    private static final int CONTEXT = 200_000;

    private final Chats chats;
    private final Executions executions;
    private final TrinityAgentPath path;

    public TrinitySessions(Chats chats, Executions executions, TrinityAgentPath path) {
        this.chats = chats;
        this.executions = executions;
        this.path = path;
    }

    public Operation history() {
        return Operation.of("Read what was said in the chat that is going on, oldest first", this::history)
                .answers(200, Message[].class)
                .refuses(403, 404);
    }

    private Answer history(Call call) {
        Reached reached = path.forUse(call);
        return Answer.ok(chats.current(reached.id()).map(this::messages).orElse(List.of()));
    }

    public Operation persistent() {
        return Operation.of("Read what was said in all chats, the newest messages, oldest first", this::persistent)
                .query("limit", Integer.class, "How many at most, 100 unless told")
                .answers(200, History.class)
                .refuses(403, 404, 422);
    }

    private Answer persistent(Call call) {
        Reached reached = path.forUse(call);
        int limit = call.limit(100, 1_000);
        List<Message> all = new ArrayList<>();
        for (ChatSession session : chats.list(reached.id())) {
            if (all.size() < limit) {
                all.addAll(0, messages(session));
            }
        }
        List<Message> newest = all.subList(Math.max(0, all.size() - limit), all.size());
        return Answer.ok(new History(reached.name(), newest.size(), newest));
    }

    public Operation clear() {
        return Operation.of("End the chat: the next word begins a new one; what was said stays", this::clear)
                .answers(200, Closed.class)
                .refuses(403, 404);
    }

    private Answer clear(Call call) {
        Reached reached = path.forUse(call);
        UUID session = chats.current(reached.id())
                .map(ChatSession::id)
                .filter(id -> chats.close(reached, id))
                .orElse(null);
        return Answer.ok(new Closed("reset", session));
    }

    public Operation session() {
        return Operation.of("Look at the chat that is going on", this::session)
                .answers(200, Info.class)
                .refuses(403, 404);
    }

    private Answer session(Call call) {
        Reached reached = path.forUse(call);
        Optional<ChatSession> current = chats.current(reached.id());
        Optional<Execution> last = current.flatMap(
                        chat -> chats.turns(chat).stream().reduce((before, turn) -> turn))
                .flatMap(turn -> executions.find(reached.id(), turn.run().value()));
        Long used = last.map(turn -> turn.effort().contextUsed()).orElse(0L);
        int max = last.map(turn -> turn.effort().contextMax()).orElse(CONTEXT);
        return Answer.ok(new Info(
                current.isPresent(),
                current.map(ChatSession::id).orElse(null),
                current.map(chat -> 2 * chat.turns()).orElse(0),
                current.map(ChatSession::dollars).orElse(0.0),
                used,
                max,
                percent(used, max),
                last.map(turn -> turn.effort().model()).orElse(null)));
    }

    static double percent(long used, int max) {
        return Math.min(100, Math.round(1_000.0 * used / max) / 10.0);
    }

    public Operation list() {
        return Operation.of("List the chats with an agent, newest first", this::list)
                .query("status", String.class, "active or closed")
                .answers(200, Sessions.class)
                .refuses(403, 404);
    }

    private Answer list(Call call) {
        Reached reached = path.forUse(call);
        String status = call.query("status");
        List<TrinitySession> sessions = chats.list(reached.id()).stream()
                .map(session -> TrinitySession.of(reached.name(), session))
                .filter(session -> status == null || session.status().equals(status))
                .toList();
        return Answer.ok(new Sessions(reached.name(), sessions.size(), sessions));
    }

    public Operation get() {
        return Operation.of("Read one chat, oldest message first", this::get)
                .answers(200, Detail.class)
                .refuses(403, 404);
    }

    private Answer get(Call call) {
        Reached reached = path.forUse(call);
        ChatSession session = found(call, reached);
        List<Message> messages = messages(session);
        return Answer.ok(new Detail(TrinitySession.of(reached.name(), session), messages.size(), messages));
    }

    public Operation close() {
        return Operation.of("End one chat; what was said stays", this::close)
                .answers(200, Closed.class)
                .refuses(403, 404);
    }

    private Answer close(Call call) {
        Reached reached = path.forUse(call);
        ChatSession session = found(call, reached);
        chats.close(reached, session.id());
        return Answer.ok(new Closed("closed", session.id()));
    }

    private ChatSession found(Call call, Reached reached) {
        String id = call.path("session_id");
        return Optional.of(id)
                .filter(Spelling::isUuid)
                .flatMap(uuid -> chats.find(reached.id(), UUID.fromString(uuid)))
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.CHAT_SESSION, id)));
    }

    private List<Message> messages(ChatSession session) {
        return chats.turns(session).stream()
                .flatMap(turn -> turn.messages().stream().map(said -> Message.of(session, turn, said)))
                .toList();
    }

    /**
     * One message.
     *
     * @param timestamp when the turn began that it belongs to
     */
    record Message(String role, String content, Instant timestamp, UUID sessionId, UUID executionId) {
        static Message of(ChatSession session, LaneRun turn, Said said) {
            return new Message(
                    said.speaker().name().toLowerCase(Locale.ROOT),
                    said.text(),
                    turn.createdAt(),
                    session.id(),
                    turn.run().value());
        }
    }

    record History(String agentName, int messageCount, List<Message> messages) {}

    record Sessions(String agentName, int sessionCount, List<TrinitySession> sessions) {}

    record Detail(TrinitySession session, int messageCount, List<Message> messages) {}

    record Closed(String status, @Nullable UUID sessionId) {}

    /** As the service inside an engine's computer tells it (contract, section 7.4). */
    record Info(
            boolean sessionStarted,
            @Nullable UUID sessionId,
            int messageCount,
            double totalCostUsd,
            long contextTokens,
            int contextWindow,
            double contextPercent,
            @Nullable String model) {}
}
