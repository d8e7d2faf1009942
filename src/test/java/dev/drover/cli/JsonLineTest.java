package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class JsonLineTest {
    private static String line(LogRecord record) {
        record.setLoggerName("dev.drover.core.run");
        record.setInstant(Instant.parse("2026-11-01T10:00:00Z"));
        return new JsonLine().format(record);
    }

    @Test
    void aRecordIsOneObjectOnOneLine() {
        assertThat(line(new LogRecord(Level.WARNING, "two\nlines"))).isEqualTo("""
                    {"time":"2026-11-01T10:00:00.000Z","level":"warn","logger":"dev.drover.core.run",\
                    "message":"two\\nlines"}
                    """);
    }

    @Test
    void namesTheRequestAndTheRunItBelongsTo() {
        MDC.put("request_id", "req_1");
        MDC.put("run_id", "run_2");
        try {
            JsonNode object = DroverClient.parse(line(new LogRecord(Level.INFO, "x")));

            assertThat(object.path("request_id").asText()).isEqualTo("req_1");
            assertThat(object.path("run_id").asText()).isEqualTo("run_2");
        } finally {
            MDC.clear();
        }
    }

    @Test
    void factsAreFieldsOfTheirOwn() {
        LogRecord record = new LogRecord(Level.INFO, "GET / 200");
        record.setParameters(new Object[] {Map.of("status", 200)});

        assertThat(DroverClient.parse(line(record)).path("status").asInt()).isEqualTo(200);
    }

    @Test
    void carriesTheStackOfAnException() {
        LogRecord record = new LogRecord(Level.SEVERE, "broken");
        record.setThrown(new IllegalStateException("no"));

        String line = line(record);

        assertThat(line).hasLineCount(1);
        assertThat(DroverClient.parse(line).path("exception").asText()).contains("IllegalStateException: no", "\tat ");
    }

    @Test
    void carriesFactsUnderNamesOfTheirOwn() {
        LogRecord record = new LogRecord(Level.INFO, "GET /health 200");
        record.setParameters(new Object[] {Map.of("status", 200)});

        assertThat(DroverClient.parse(line(record)).path("status").asInt()).isEqualTo(200);
    }
}
