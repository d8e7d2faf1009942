package dev.drover.core.run;

import dev.drover.core.Refused;
import dev.drover.core.artifact.Artifact;
import dev.drover.core.artifact.ArtifactLimits;
import dev.drover.core.artifact.Artifacts;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Uninterrupted;
import dev.drover.core.computer.Workspace;
import dev.drover.core.credential.Mask;
import dev.drover.core.credential.SecretLender;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.UserId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a caller's files into a workspace before the work, and what is worth keeping out of it afterwards. */
final class Freight {
    private static final Logger log = LoggerFactory.getLogger(Freight.class);
    private static final String ALWAYS_KEPT = "artifacts";
    private static final int MOST_LOOKS = 50_000;
    private static final int NAMES_TOLD = 5;
    private static final Duration DATABASE_AWAY = Duration.ofMillis(500);
    private static final int TRIES = 120;
    private static final Duration LOOK_FOR_END = Duration.ofMillis(100);
    private static final int LOOKS_FOR_END = 20;

    private final RunStores stores;
    private final SecretLender secrets;
    private final Artifacts artifacts;

    Freight(RunRoom room) {
        this.stores = room.stores();
        this.secrets = room.workshop().secrets();
        this.artifacts = room.artifacts();
    }

    /** While the database is away for a while, the freight waits. */
    static <T, X extends Exception> T patiently(LiveRun live, LiveRun.Work<T, X> work) throws X {
        for (int attempt = 1; ; attempt++) {
            try {
                return live.undisturbed(work);
            } catch (Refused databaseAway) {
                if (attempt == TRIES) {
                    throw databaseAway;
                }
                Uninterrupted.pause(DATABASE_AWAY);
            }
        }
    }

    /** Writes the caller's files, in the order given. */
    Entry.FilesPlaced deliver(RunId run, Workspace workspace) throws ComputerFailure {
        List<RunFile> files = stores.files().of(run);
        for (RunFile file : files) {
            try {
                write(file, workspace);
            } catch (IOException | Workspace.PathRefused e) {
                throw new ComputerFailure("the file '" + file.path() + "' could not be written: " + e.getMessage(), e);
            }
        }
        return new Entry.FilesPlaced(files.size());
    }

    private void write(RunFile file, Workspace workspace) throws IOException, Workspace.PathRefused {
        switch (file.source()) {
            case RunFile.Source.Given given -> workspace.write(file.path(), given.bytes());
            case RunFile.Source.Kept kept -> {
                Artifact artifact = artifacts
                        .find(kept.artifact())
                        .orElseThrow(() -> new IOException("the artifact it was to be was deleted"));
                try (InputStream bytes = artifacts.content(artifact, 0, artifact.size())) {
                    workspace.write(file.path(), bytes, artifact.size());
                }
            }
        }
    }

    /** Keeps what the run left, by names without secrets; tells people what was left out, if anything was. */
    Optional<String> collect(AgentId agent, List<String> globs, Mask mask, Workspace workspace) {
        Map<String, Long> found = found(globs, workspace);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ArtifactLimits limits = artifacts.limits();
        Set<String> kept = new HashSet<>();
        long bytes = 0;
        for (Artifact artifact : artifacts.kept(agent)) {
            kept.add(artifact.path());
            bytes += artifact.size();
        }
        List<String> leftOut = new ArrayList<>();
        for (Map.Entry<String, Long> file : found.entrySet()) {
            String shown = mask.hide(file.getKey());
            if (kept.contains(shown)) {
                continue;
            }
            boolean room = kept.size() < limits.files() && bytes + file.getValue() <= limits.bytes();
            if (room && keep(agent, file.getKey(), shown, workspace, limits.bytes() - bytes)) {
                kept.add(shown);
                bytes += file.getValue();
            } else {
                leftOut.add(shown);
            }
        }
        return leftOut.isEmpty() ? Optional.empty() : Optional.of(told(leftOut, limits));
    }

    private static Map<String, Long> found(List<String> globs, Workspace workspace) {
        Map<String, Long> found = new LinkedHashMap<>();
        add(found, workspace, ALWAYS_KEPT, List.of());
        if (!globs.isEmpty()) {
            List<PathMatcher> matchers = globs.stream()
                    .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + Globs.relative(glob)))
                    .toList();
            add(found, workspace, ".", matchers);
        }
        return found;
    }

    private static void add(Map<String, Long> found, Workspace workspace, String folder, List<PathMatcher> matchers) {
        try {
            workspace
                    .find(
                            folder,
                            path -> matchers.isEmpty()
                                    || matchers.stream().anyMatch(each -> each.matches(Path.of(path))),
                            MOST_LOOKS)
                    .forEach(file -> found.putIfAbsent(file.name(), file.size()));
        } catch (IOException e) {
            log.debug("nothing to keep in {}: {}", folder, e.getMessage());
        }
    }

    /** An agent that still changes a file does not make it a failure: what was read is kept, or nothing. */
    private boolean keep(AgentId agent, String path, String shown, Workspace workspace, long most) {
        boolean[] kept = {false};
        try {
            workspace.read(path, bytes -> kept[0] = artifacts.keep(agent, shown, bytes, most));
        } catch (IOException | UncheckedIOException | Workspace.PathRefused e) {
            log.debug("'{}' is not kept: {}", shown, e.getClass().getSimpleName());
        }
        return kept[0];
    }

    private static String told(List<String> leftOut, ArtifactLimits limits) {
        String names = String.join(", ", leftOut.subList(0, Math.min(NAMES_TOLD, leftOut.size())));
        return "Left out of the artifacts, which are at most %,d files and %,d bytes: %s%s"
                .formatted(
                        limits.files(),
                        limits.bytes(),
                        names,
                        leftOut.size() > NAMES_TOLD ? " and " + (leftOut.size() - NAMES_TOLD) + " more" : "");
    }

    /**
     * Whether the run is over: its holder may lose the lease a moment before the end that cost it is stored. While the
     * database is away nobody can tell, and somebody may go on with it.
     */
    boolean isOver(LiveRun live, RunId run) {
        try {
            boolean over = live.undisturbed(() -> stores.events().isOver(run));
            for (int look = 0; look < LOOKS_FOR_END && !over; look++) {
                Uninterrupted.pause(LOOK_FOR_END);
                over = live.undisturbed(() -> stores.events().isOver(run));
            }
            return over;
        } catch (Refused databaseAway) {
            return false;
        }
    }

    /** Keeps what was left by a run that ended elsewhere, in a workspace that is about to be removed. */
    void collectLeftover(AgentId agent, Workspace workspace) {
        Optional<UserId> owner = stores.rows().ownerOf(agent);
        boolean mayBeLacking = artifacts.kept(agent).isEmpty() || !stores.rows().isDestroyed(agent);
        if (owner.isPresent() && mayBeLacking) {
            RunOptions options = stores.rows().optionsOf(agent);
            Mask mask = secrets.lend(owner.get(), options.secrets()).mask();
            collect(agent, options.artifacts(), mask, workspace);
        }
    }
}
