package dev.drover.api.console;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.health.Diagnosis;
import dev.drover.core.health.Doctor;
import dev.drover.core.health.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the server that runs stands on, and what to do about what is missing; for operators and administrators. */
public final class ConsoleDoctor {
    private final Doctor doctor;

    public ConsoleDoctor(Doctor doctor) {
        this.doctor = doctor;
    }

    public Operation doctor() {
        return Operation.of("Examine the server, as an operator", this::doctor).answers(200, Examined.class);
    }

    private Answer doctor(Call call) {
        return Answer.ok(Examined.of(doctor.examine(call.caller())));
    }

    /** All that was found; {@code ok} when nothing is wrong. */
    record Examined(
            boolean ok,
            String version,
            Instant startedAt,
            long uptimeSeconds,
            Instant examinedAt,
            List<Found> findings) {
        static Examined of(Diagnosis diagnosis) {
            return new Examined(
                    diagnosis.ok(),
                    diagnosis.version(),
                    diagnosis.startedAt(),
                    Duration.between(diagnosis.startedAt(), diagnosis.examinedAt())
                            .toSeconds(),
                    diagnosis.examinedAt(),
                    diagnosis.findings().stream().map(Found::of).toList());
        }
    }

    /** One thing; texts and remedies may have several lines. */
    record Found(String name, boolean ok, String text, String remedy) {
        static Found of(Finding finding) {
            return new Found(finding.name(), finding.ok(), finding.text(), finding.remedy());
        }
    }
}
