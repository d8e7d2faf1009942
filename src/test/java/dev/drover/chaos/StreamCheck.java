package dev.drover.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Streams as clients joined them, against the stored log, byte for byte. */
final class StreamCheck {
    private static final int TRIES = 20;

    private final ChaosClients clients;
    private final Findings findings;
    private final Count.Table counts;

    StreamCheck(ChaosClients clients, Findings findings, Count.Table counts) {
        this.clients = clients;
        this.findings = findings;
        this.counts = counts;
    }

    /** What is stored, which all servers must tell alike. */
    Played.Stored run(Played played, List<ChaosNode> nodes) throws InterruptedException {
        List<String> stored = List.of();
        for (ChaosNode node : nodes) {
            List<String> told = stored(node, played.agent());
            findings.expect(
                    stored.isEmpty() || told.equals(stored),
                    "%s: two servers tell its log differently: %s and %s",
                    played.errand().task(),
                    stored,
                    told);
            stored = told;
        }
        List<String> joined = played.follower().frames();
        counts.add(Count.EVENTS_COMPARED, joined.size());
        findings.expect(
                joined.equals(stored),
                "%s: the joined stream is not the stored log: %s",
                played.errand().task(),
                difference(joined, stored));
        return new Played.Stored(stored);
    }

    private static String difference(List<String> joined, List<String> stored) {
        for (int i = 0; i < Math.max(joined.size(), stored.size()); i++) {
            String one = i < joined.size() ? joined.get(i) : "(nothing)";
            String other = i < stored.size() ? stored.get(i) : "(nothing)";
            if (!one.equals(other)) {
                return "frame %d of %d came as%n%s and is stored, of %d, as%n%s"
                        .formatted(i + 1, joined.size(), one, stored.size(), other);
            }
        }
        return "";
    }

    /** From the beginning in one go. */
    private List<String> stored(ChaosNode node, String agent) throws InterruptedException {
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<HttpRequest.Builder> request = clients.request(node, "/" + agent + "/events");
            if (request.isPresent()) {
                try {
                    return read(request.get().build());
                } catch (IOException again) {
                    findings.expect(tries < TRIES - 1, "the log of %s cannot be read: %s", agent, again);
                }
            }
            Thread.sleep(200);
        }
        return List.of();
    }

    private List<String> read(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = clients.http().send(request, HttpResponse.BodyHandlers.ofInputStream());
        List<String> frames = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            if (answer.statusCode() != 200) {
                throw new IOException("status " + answer.statusCode());
            }
            for (Optional<String> frame = ChaosFollower.frame(lines);
                    frame.isPresent();
                    frame = ChaosFollower.frame(lines)) {
                frames.add(frame.get());
            }
        }
        return frames;
    }
}
