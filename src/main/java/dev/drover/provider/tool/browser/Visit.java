package dev.drover.provider.tool.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Where the tab is and what it is doing, as the browser's events tell it. */
final class Visit {
    private static final String DOCUMENT = "Document";

    private String frame = "";
    private boolean loading;
    private boolean broken;
    private int starts;
    private int commits;
    private String requested = "";
    private int status;
    private boolean refused;

    /** What is known of the main document. */
    record Page(String requested, int status, boolean refused) {}

    synchronized void watch(String mainFrame) {
        frame = mainFrame;
    }

    synchronized void hear(String method, JsonNode event) {
        switch (method) {
            case "Page.frameStartedLoading" -> {
                if (isMain(event)) {
                    loading = true;
                    starts++;
                }
            }
            case "Page.frameStoppedLoading" -> loading &= !isMain(event);
            case "Page.navigatedWithinDocument" -> starts += isMain(event) ? 1 : 0;
            case "Page.frameNavigated" -> {
                if (event.path("frame").path("id").asText().equals(frame)) {
                    commits++;
                }
            }
            case "Network.requestWillBeSent" -> {
                if (isDocument(event)) {
                    requested = event.path("request").path("url").asText();
                    status = 0;
                    refused = false;
                }
            }
            case "Network.responseReceived" -> {
                if (isDocument(event)) {
                    status = event.path("response").path("status").asInt();
                    refused = verdict(event.path("response").path("headers")).equals("denied");
                }
            }
            case "Inspector.targetCrashed" -> broken = true;
            default -> {
                // The rest tells nothing about the main document.
            }
        }
        notifyAll();
    }

    synchronized void breakOff() {
        broken = true;
        notifyAll();
    }

    synchronized boolean broken() {
        return broken;
    }

    synchronized int starts() {
        return starts;
    }

    synchronized int commits() {
        return commits;
    }

    synchronized Page page() {
        return new Page(requested, status, refused);
    }

    /** Waits until a document newer than that many commits has loaded; false when the time is up first. */
    boolean awaitLoad(int commitsBefore, Duration patience) throws InterruptedException {
        return await(() -> commits > commitsBefore && !loading, patience);
    }

    boolean awaitRest(Duration patience) throws InterruptedException {
        return await(() -> !loading, patience);
    }

    boolean awaitStart(int startsBefore, Duration patience) throws InterruptedException {
        return await(() -> starts > startsBefore, patience);
    }

    private synchronized boolean await(BooleanSupplier condition, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0 || broken) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private boolean isMain(JsonNode event) {
        return event.path("frameId").asText().equals(frame);
    }

    private boolean isDocument(JsonNode event) {
        return isMain(event) && event.path("type").asText().equals(DOCUMENT);
    }

    /** The proxy's own word on a refusal; a page that forges it is only taken for refused. */
    private static String verdict(JsonNode headers) {
        for (var header : headers.properties()) {
            if (header.getKey().equalsIgnoreCase("X-Drover-Egress")) {
                return header.getValue().asText();
            }
        }
        return "";
    }
}
