package dev.drover.cli;

import dev.drover.Settings;
import dev.drover.core.StartFailure;
import dev.drover.core.health.Finding;
import dev.drover.core.health.Host;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "doctor", description = "Say what a server here stands on, and what to do about what is missing.")
final class DoctorCommand implements Callable<Integer> {
    private static final String INDENT = " ".repeat(13);

    private final Surroundings around;
    private final Embedded embedded;
    private final SettingsFlags flags;

    DoctorCommand(Surroundings around, Embedded embedded, SettingsFlags flags) {
        this.around = around;
        this.embedded = embedded;
        this.flags = flags;
    }

    @Override
    public Integer call() {
        Logging.forPeople(around.err());
        Style style = around.outStyle();
        List<Finding> findings = new ArrayList<>();
        findings.add(Host.java());
        try {
            Settings settings = flags.read(around.environment());
            findings.add(server(settings));
            findings.addAll(embedded.examine(settings));
            findings.forEach(finding -> print(finding, style));
            around.out().println();
            settings.shown().forEach((name, value) -> around.out().println("  %-28s %s".formatted(name, value)));
        } catch (StartFailure e) {
            findings.add(new Finding("settings", false, String.valueOf(e.getMessage()), ""));
            findings.forEach(finding -> print(finding, style));
        }
        return findings.stream().allMatch(Finding::ok) ? 0 : 1;
    }

    private void print(Finding finding, Style style) {
        String mark = finding.ok() ? style.good("✓") : style.bad("✗");
        List<String> lines = Paragraph.wrapped(finding.text(), around.width() - INDENT.length());
        around.out().println("%s %-10s %s".formatted(mark, finding.name(), lines.getFirst()));
        lines.stream().skip(1).forEach(line -> around.out().println(INDENT + line));
        finding.remedy().lines().forEach(line -> around.out().println(INDENT + style.accent("→ " + line)));
    }

    private static Finding server(Settings settings) {
        Optional<URI> running = new ServerFile(settings.data()).find();
        String text = running.map(url -> "running at " + url).orElse("none is running on " + settings.data());
        return new Finding("server", true, text, "");
    }
}
