package dev.drover.core.overview;

import dev.drover.core.Bell;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for all who see the same, again whenever the bell rings, as long as there is one of them. */
final class Lookout {
    private static final Logger log = LoggerFactory.getLogger(Lookout.class);

    /** Between two looks, so that a busy server is looked at four times a second. */
    private static final long PAUSE = 250;

    /** What nobody rings for, such as a name that was changed, shows by then. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final Duration FIGURES_AGE = Duration.ofSeconds(2);

    private final Overviews overviews;
    private final Bell bell;
    private final Sight sight;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int followers;
    private boolean over;
    private Lookouts.@Nullable Version newest;
    private @Nullable Figures figures;
    private long figuresAt;

    Lookout(Overviews overviews, Bell bell, Sight sight) {
        this.overviews = overviews;
        this.bell = bell;
        this.sight = sight;
    }

    Sight sight() {
        return sight;
    }

    /** The first one sets it to work. */
    void enter() {
        lock.lock();
        try {
            if (followers++ == 0) {
                Thread.ofVirtual().name("overview").start(this::look);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody is left. */
    boolean leave() {
        lock.lock();
        try {
            over |= --followers == 0;
            return over;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            over = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The newest if it is another than was seen; null when the time is up before there is one. */
    Lookouts.@Nullable Version next(@Nullable String seen, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (left > 0 && !over && (newest == null || newest.id().equals(seen))) {
                left = changed.awaitNanos(left);
            }
            return newest == null || newest.id().equals(seen) ? null : newest;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        try {
            while (!isOver()) {
                long rings = bell.rings();
                long began = System.nanoTime();
                lookOnce();
                long taken = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                Thread.sleep(Math.max(1, PAUSE - taken));
                bell.await(rings, LONGEST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A database that is away is asked again in a while; followers keep what they have. */
    private void lookOnce() {
        try {
            Overview overview = overviews.of(sight, figures());
            publish(new Lookouts.Version(digest(overview), overview));
        } catch (RuntimeException e) {
            log.debug("no overview for now", e);
        }
    }

    private void publish(Lookouts.Version version) {
        lock.lock();
        try {
            newest = version;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Figures figures() {
        Figures known = figures;
        if (known == null || System.nanoTime() - figuresAt > FIGURES_AGE.toNanos()) {
            known = overviews.figures(sight);
            figures = known;
            figuresAt = System.nanoTime();
        }
        return known;
    }

    /** The same for the same content on every server, so that who comes back is sent only what is new. */
    private static String digest(Overview overview) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(overview.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
