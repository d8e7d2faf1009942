package dev.drover.provider.tool.browser;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Dialogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How Chromium is found and started inside a computer. */
final class Chromium {
    static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    static final String MISSING = "no browser is installed where agents run; the operator of this server can install"
            + " one (apt-get install chromium). The other tools work without it";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What it would otherwise send or fetch by itself, or keep running for nobody. */
    private static final List<String> QUIET = List.of(
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-default-apps",
            "--disable-extensions",
            "--disable-breakpad",
            "--disable-crash-reporter",
            "--disable-domain-reliability",
            "--disable-client-side-phishing-detection",
            "--disable-quic",
            "--disable-gpu",
            "--dns-prefetch-disable",
            "--no-pings",
            "--no-first-run",
            "--no-default-browser-check",
            "--mute-audio",
            "--password-store=basic",
            "--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication,"
                    + "CertificateTransparencyComponentUpdater,PaintHolding");

    private static final List<String> SHAPE = List.of(
            "--headless",
            "--remote-debugging-pipe",
            "--no-startup-window",
            "--window-size=1280,720",
            // The computer is the sandbox: inside it no further namespaces can be made, which Chromium's own needs.
            "--no-sandbox",
            // Sites kept apart by processes cost memory, and without that sandbox keep nobody from anything.
            "--disable-site-isolation-trials",
            "--renderer-process-limit=2",
            // /dev/shm is small where the computer is, and counts as its memory; /tmp is no worse.
            "--disable-dev-shm-usage",
            "--force-webrtc-ip-handling-policy=disable_non_proxied_udp");

    private Chromium() {}

    /** Starts it with a profile that is gone with it; null bytes between messages, both ways, are its protocol. */
    static Dialogue start(Computer computer) throws ComputerFailure, BrowserFailure, InterruptedException {
        return computer.converse(script(find(computer)), Map.of());
    }

    private static String find(Computer computer) throws ComputerFailure, BrowserFailure, InterruptedException {
        String search = String.join(
                " || ", NAMES.stream().map(name -> "command -v " + name).toList());
        String found = computer.run(search, PATIENCE).stdout().strip();
        if (found.isEmpty()) {
            throw new BrowserFailure(MISSING);
        }
        return found;
    }

    /**
     * Where there is a proxy, everything goes through it, loopback too: beside it there is no way out. The profile is
     * not in the workspace, which is the agent's.
     */
    private static String script(String program) {
        return """
                profile=$(mktemp -d) || exit 1
                trap : TERM
                HOME=$profile TMPDIR=$profile '%s' %s --user-data-dir="$profile" \
                ${HTTP_PROXY:+--proxy-server="$HTTP_PROXY" '--proxy-bypass-list=<-loopback>'} \
                3<&0 4>&1 </dev/null >/dev/null
                rm -rf "$profile"
                """.formatted(program, String.join(" ", SHAPE) + " " + String.join(" ", QUIET));
    }
}
