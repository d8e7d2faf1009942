package dev.drover.core.run;

import dev.drover.core.Notices;
import dev.drover.core.id.RunId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What nodes tell each other about runs: whose log has grown, and which was stopped. */
public final class RunNotices {
    private static final String GROWN = "run_grown";
    private static final String STOPPED = "run_stopped";
    private static final String HANDED = "run_handed";

    /** So many ids fit into one notice. */
    private static final int IDS = 200;

    private final Notices notices;
    private final boolean alone;

    /** @param alone whether there is no other node */
    public RunNotices(Notices notices, boolean alone) {
        this.notices = notices;
        this.alone = alone;
    }

    /** Who stores rings this node's own bells; the word is for the others, and costs every commit a round trip. */
    void grown(Set<RunId> runs) {
        if (alone) {
            return;
        }
        List<RunId> all = List.copyOf(runs);
        for (int from = 0; from < all.size(); from += IDS) {
            notices.say(
                    GROWN,
                    all.subList(from, Math.min(all.size(), from + IDS)).stream()
                            .map(RunId::toString)
                            .collect(Collectors.joining(",")));
        }
    }

    void stopped(RunId run) {
        notices.say(STOPPED, run.toString());
    }

    /** The run is another node's from now on; one that misses this finds the run when it looks for such. */
    void handed(Lease lease, UUID node) {
        notices.say(HANDED, node + "," + lease.run() + "," + lease.fence());
    }

    /** Has runs worked that are handed to this node; one that leaves keeps them for whoever comes when it is gone. */
    public void handTo(UUID node, LiveRuns live, RunWorker worker) {
        notices.hear(HANDED, new Notices.Hearer() {
            @Override
            public void heard(String text) {
                String[] words = text.split(",", -1);
                RunId run = new RunId(UUID.fromString(words[1]));
                if (words[0].equals(node.toString()) && worker.takesRuns() && !live.contains(run)) {
                    worker.begin(new Lease(run, Long.parseLong(words[2])));
                }
            }

            @Override
            public void mayHaveMissed() {
                // Nothing to do: see above.
            }
        });
    }

    /** Passes on what is heard. A stop that was missed shows at the next append, whose fence is too old then. */
    public void passTo(Bells bells, LiveRuns live) {
        notices.hear(GROWN, new Notices.Hearer() {
            @Override
            public void heard(String ids) {
                for (String id : ids.split(",", -1)) {
                    bells.ring(new RunId(UUID.fromString(id)));
                }
            }

            @Override
            public void mayHaveMissed() {
                bells.ringAll();
            }
        });
        notices.hear(STOPPED, new Notices.Hearer() {
            @Override
            public void heard(String id) {
                live.stop(new RunId(UUID.fromString(id)));
            }

            @Override
            public void mayHaveMissed() {
                // Nothing to do: see above.
            }
        });
    }
}
