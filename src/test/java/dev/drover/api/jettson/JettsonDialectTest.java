package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Content;
import dev.drover.api.http.JsonCodec;
import dev.drover.core.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JettsonDialectTest {
    @Test
    void tellsWhichWindowIsFull() {
        Answer answer = of(new Problem.RateLimited(
                "free", Problem.Window.MINUTE, 5, 30, Duration.ofSeconds(12).plusNanos(1)));
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers()).containsEntry("Retry-After", "13");
        assertThat(body(answer))
                .contains("\"code\":\"rate_limited\"")
                .contains("\"plan\":\"free\"", "\"window\":\"minute\"")
                .contains("\"limitPerMinute\":5", "\"limitPerHour\":30");
    }

    @Test
    void tellsHowManyAgentsMayRun() {
        Answer answer = of(new Problem.ConcurrencyReached("free", 1, 1));
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers()).containsEntry("Retry-After", "5");
        assertThat(body(answer))
                .contains("\"code\":\"concurrent_limit_reached\"")
                .contains("\"plan\":\"free\"", "\"currentConcurrent\":1", "\"maxConcurrent\":1");
    }

    @Test
    void tellsWhenTheHoursComeBack() {
        Answer answer = of(new Problem.HoursUsedUp("free", 50.5, 50, Instant.parse("2026-12-01T00:00:00Z")));
        assertThat(answer.status()).isEqualTo(402);
        assertThat(body(answer))
                .contains("\"code\":\"monthly_quota_exceeded\"")
                .contains("\"usedAgentHours\":50.5", "\"limitAgentHours\":50.0")
                .contains("\"resetsAt\":\"2026-12-01T00:00:00.000Z\"");
    }

    @Test
    void tellsARepeatThatCameTooSoonToWait() {
        Answer answer = of(new Problem.IdempotencyConflict(true));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.headers()).containsEntry("Retry-After", "1");
        assertThat(body(answer)).contains("\"details\":{\"reason\":\"in_progress\"}");
        assertThat(body(of(new Problem.IdempotencyConflict(false)))).doesNotContain("details");
    }

    @Test
    void namesEachThingThatIsMissing() {
        assertThat(body(of(new Problem.NotFound(Problem.Thing.AGENT, "ag_1")))).contains("\"agent_not_found\"");
        assertThat(body(of(new Problem.NotFound(Problem.Thing.KEY, "key_1")))).contains("\"key_not_found\"");
        assertThat(body(of(new Problem.NotFound(Problem.Thing.MODEL_PROFILE, "x"))))
                .contains("\"invalid_body\"", "\"field\":\"model\"");
    }

    @Test
    void answersEveryOtherProblem() {
        List<Answer> answers = List.of(
                of(new Problem.Unauthenticated("expired")),
                of(new Problem.MissingScope("agents:write")),
                of(new Problem.LimitReached("unrevoked keys", 100)),
                of(new Problem.TooManyLogins(Duration.ofSeconds(3))),
                of(new Problem.Unavailable("the database", Duration.ofMillis(1))));
        assertThat(answers).extracting(Answer::status).containsExactly(401, 403, 409, 429, 503);
        assertThat(answers.getLast().headers()).containsEntry("Retry-After", "1");
    }

    private static Answer of(Problem problem) {
        return new JettsonDialect().answer(problem);
    }

    private static String body(Answer answer) {
        return answer.content() instanceof Content.Json json ? JsonCodec.line(json.value()) : "";
    }
}
