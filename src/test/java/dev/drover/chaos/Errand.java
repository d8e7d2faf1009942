package dev.drover.chaos;

import dev.drover.testing.model.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one run does. Each of its calls that changes something posts an intent of its own to the counter.
 *
 * @param task no other errand's
 * @param stopped whether somebody stops it on its way
 */
record Errand(String task, List<Step> steps, boolean stopped) {
    /** Its computer has to take this with it when the run is over. */
    private static final String LEFT_BEHIND = "setsid sleep 900 > /dev/null 2>&1 < /dev/null & ";

    /** The first line of what a command says: behind it is what earlier ones wrote into the workspace. */
    static final String TRAIL = "so far:";

    /** Begins the line that says what this one has written there. */
    static final String KEPT = "kept ";

    private static final Pattern INTENT = Pattern.compile("/intent/([a-z0-9-]+)/\\d+/\\d+");

    /**
     * One turn of the model: what it calls, and how long it thinks.
     *
     * @param rest of a command after its intent, or before, so that it is under way for a while
     */
    record Step(List<Call> calls, Duration thinking, Duration rest) {}

    /** One call of a tool. */
    enum Call {
        COUNT_THEN_REST,
        REST_THEN_COUNT,
        POST,
        READ,
        WRITE
    }

    static Errand of(String task, SplittableRandom random) {
        List<Step> steps = new ArrayList<>();
        int turns = random.nextInt(2, 7);
        for (int turn = 0; turn < turns; turn++) {
            List<Call> calls = new ArrayList<>();
            int count = random.nextInt(4) == 0 ? 2 : 1;
            for (int i = 0; i < count; i++) {
                calls.add(Call.values()[random.nextInt(Call.values().length)]);
            }
            steps.add(new Step(
                    calls, Duration.ofMillis(random.nextInt(5, 250)), Duration.ofMillis(random.nextInt(300, 2_500))));
        }
        return new Errand(task, steps, random.nextInt(10) == 0);
    }

    /** What the model says after so many answers. */
    Turn turn(int answers, String counter) {
        if (answers >= steps.size()) {
            return Turn.text("Done ", "with ", task).slowly(Duration.ofMillis(20), Duration.ofMillis(10));
        }
        Step step = steps.get(answers);
        Turn turn = Turn.text("I do step ", String.valueOf(answers), ".");
        for (int i = 0; i < step.calls().size(); i++) {
            turn = with(turn, step, i, new Intent("/intent/%s/%d/%d".formatted(task, answers, i), counter));
        }
        return turn.slowly(step.thinking(), Duration.ofMillis(5));
    }

    private record Intent(String path, String counter) {}

    private static Turn with(Turn turn, Step step, int call, Intent intent) {
        String rest =
                "sleep %d.%03d".formatted(step.rest().toSeconds(), step.rest().toMillisPart());
        String post = "curl -sS --noproxy '' ${http_proxy:+-x $http_proxy} -X POST http://" + intent.counter()
                + intent.path();
        return switch (step.calls().get(call)) {
            case COUNT_THEN_REST -> turn.andCall("jettson_shell_run", command(trail(intent) + post + "; " + rest));
            case REST_THEN_COUNT ->
                turn.andCall("jettson_shell_run", command(trail(intent) + LEFT_BEHIND + rest + "; " + post));
            case POST ->
                turn.andCall(
                        "jettson_http_request",
                        "{\"method\":\"POST\",\"url\":\"http://%s%s\"}".formatted(intent.counter(), intent.path()));
            case READ ->
                turn.andCall(
                        "jettson_http_request",
                        "{\"url\":\"http://%s/read%s\"}".formatted(intent.counter(), intent.path()));
            case WRITE ->
                turn.andCall("jettson_files_write", "{\"path\":\"note\",\"content\":\"%s\"}".formatted(intent.path()));
        };
    }

    /** Shows what is in the workspace, and adds to it. */
    private static String trail(Intent intent) {
        return "echo '%s'; cat trail 2> /dev/null; echo %s >> trail && echo '%s%2$s'; "
                .formatted(TRAIL, intent.path(), KEPT);
    }

    private static String command(String line) {
        return "{\"command\":\"" + line + "\"}";
    }

    /** Which intent the input of a tool carries; empty when there is none. */
    static String intent(String text) {
        Matcher found = INTENT.matcher(text);
        return found.find() ? found.group() : "";
    }

    /** Whose intent a request reports; empty when it reports none. */
    static Optional<String> reporter(String request) {
        Matcher found = INTENT.matcher(request);
        return request.startsWith("POST ") && found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
