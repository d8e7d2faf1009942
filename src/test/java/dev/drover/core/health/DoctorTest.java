package dev.drover.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.access.CredentialKind;
import dev.drover.core.access.Role;
import dev.drover.core.access.Scope;
import dev.drover.core.access.User;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.UserId;
import dev.drover.testing.TestingClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DoctorTest {
    private static final Finding WELL = new Finding("well", true, "all is well", "");

    private final TestingClock clock = new TestingClock("2026-11-02T12:00:00Z");

    @Test
    void tellsEveryFindingInItsOrderAndSinceWhenTheServerRuns() {
        Doctor doctor =
                doctor(new Check("well", () -> WELL), new Check("ill", () -> new Finding("ill", false, "", "")));
        clock.pass(Duration.ofMinutes(5));

        Diagnosis found = doctor.examine(caller(Role.OPERATOR, null));

        assertThat(found.findings()).extracting(Finding::name).containsExactly("well", "ill");
        assertThat(found.ok()).isFalse();
        assertThat(Duration.between(found.startedAt(), found.examinedAt())).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void waitsForNothingThatHangs() {
        Doctor doctor = doctor(
                new Check("stuck", () -> {
                    Thread.sleep(Duration.ofMinutes(10));
                    return WELL;
                }),
                new Check("well", () -> WELL));

        List<Finding> found = doctor.examine(caller(Role.ADMIN, null)).findings();

        assertThat(found.getFirst().ok()).isFalse();
        assertThat(found.getFirst().text()).startsWith("no answer within");
        assertThat(found.getLast()).isEqualTo(WELL);
    }

    @Test
    void tellsWhatCannotBeExaminedAsAFinding() {
        Doctor doctor = doctor(new Check("disk", () -> {
            throw new IOException("the disk is on fire");
        }));

        Finding found = doctor.examine(caller(Role.ADMIN, null)).findings().getFirst();

        assertThat(found.name()).isEqualTo("disk");
        assertThat(found.ok()).isFalse();
        assertThat(found.text()).contains("the disk is on fire");
        assertThat(found.remedy()).isNotBlank();
    }

    @Test
    void examinesForOperatorsOnlyAndForNoAgent() {
        Doctor doctor = doctor(new Check("well", () -> WELL));

        assertThatThrownBy(() -> doctor.examine(caller(Role.USER, null))).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> doctor.examine(caller(Role.ADMIN, new AgentId(UUID.randomUUID()))))
                .isInstanceOf(Refused.class);
    }

    @Test
    void findsTheDiskOfAFolderThatIsYetToBeMade() {
        Finding disk = Host.disk(Path.of("/tmp/not-there-yet/nor-this"));

        assertThat(disk.text()).startsWith("/tmp/not-there-yet/nor-this has ").contains(" MiB free of ");
    }

    private Doctor doctor(Check... checks) {
        return new Doctor(List.of(checks), "1.2.3", clock);
    }

    private static Caller caller(Role role, @Nullable AgentId agent) {
        User user = new User(new UserId(UUID.randomUUID()), "somebody", role, 1);
        return new Caller(user, CredentialKind.API_KEY, null, agent, EnumSet.allOf(Scope.class));
    }
}
