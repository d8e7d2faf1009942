package dev.drover.core.skill;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.audit.Audit;
import dev.drover.core.repository.Repositories;
import dev.drover.core.repository.RepositoryName;
import dev.drover.core.setting.KnownSetting;
import dev.drover.core.setting.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches the skills of a repository when an administrator says so; whatever fails, the library stays as it was. */
public final class LibrarySync {
    private static final Logger LOG = LoggerFactory.getLogger(LibrarySync.class);
    private static final String FAILED = "Failed to sync skills library: ";

    private final LibrarySource source;
    private final Repositories repositories;
    private final FetchedSkills fetched;
    private final Audit audit;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();

    /** @param host of the repositories, as in {@code github.com} */
    public LibrarySync(
            ServerSettings settings,
            String host,
            Repositories repositories,
            FetchedSkills fetched,
            Audit audit,
            Clock clock) {
        this.source = new LibrarySource(settings, host);
        this.repositories = repositories;
        this.fetched = fetched;
        this.audit = audit;
        this.clock = clock;
    }

    /** What administrators set about it. */
    public static List<KnownSetting> settings() {
        return LibrarySource.settings();
    }

    /**
     * How things stand.
     *
     * @param configured whether it is set where skills come from
     * @param repository null when that is not set, or makes no sense
     * @param commit null while nothing was fetched
     * @param at likewise
     */
    public record Status(
            boolean configured,
            @Nullable String repository,
            String branch,
            @Nullable String commit,
            @Nullable Instant at) {}

    public Status status() {
        Optional<FetchedSkills.State> state = source.isSet() ? fetched.state() : Optional.empty();
        return new Status(
                source.isSet(),
                source.repository().map(RepositoryName::toString).orElse(null),
                source.branch(),
                state.map(FetchedSkills.State::commit).orElse(null),
                state.map(FetchedSkills.State::at).orElse(null));
    }

    /** Empty while nothing was fetched, or it is no more set where from. */
    Optional<Path> folder() {
        return source.isSet() ? fetched.folder() : Optional.empty();
    }

    /** Whether there was anything new. */
    public boolean sync(String actor) {
        RepositoryName repository = source.needRepository();
        String branch = source.needBranch();
        if (!turn.tryLock()) {
            throw new Refused(new Problem.WrongState("The skills library is being synced already"));
        }
        Optional<FetchedSkills.State> before = fetched.state();
        try {
            String commit = repositories
                    .newest(repository, branch)
                    .orElseThrow(() -> new Refused(new Problem.Unacceptable(FAILED + repository + " has no branch "
                            + branch + ", or who asks (GITHUB_PAT) may not see it")));
            boolean isNew = before.filter(state ->
                            state.commit().equals(commit) && state.repository().equals(repository.toString()))
                    .isEmpty();
            Path folder =
                    isNew ? unpacked(repository, commit) : fetched.folder().orElseThrow();
            fetched.put(
                    folder,
                    repository.toString(),
                    branch,
                    commit,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
            audit.record(actor, "skills.sync", repository.toString(), commit);
            return isNew;
        } catch (IOException e) {
            throw new Refused(new Problem.Failed(FAILED + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(new Problem.Unavailable("the server is stopping", null));
        } finally {
            tidy(before);
            turn.unlock();
        }
    }

    /** What came in vain goes, and what counted before is kept once more: it may just be read. */
    private void tidy(Optional<FetchedSkills.State> before) {
        try {
            fetched.forgetBut(before);
        } catch (IOException e) {
            LOG.warn("what was fetched of skills before could not be deleted: {}", e.toString());
        }
    }

    private Path unpacked(RepositoryName repository, String commit) throws IOException, InterruptedException {
        Unpacking unpacking = new Unpacking(fetched.begin());
        repositories.read(repository, commit, unpacking);
        return unpacking
                .skills()
                .orElseThrow(() -> new Refused(new Problem.Unacceptable(
                        FAILED + repository + " has no skills: expected folders with a SKILL.md in "
                                + String.join(" or ", Unpacking.ROOTS))));
    }
}
