package dev.drover.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** The clients of a round: each spawns its run when its time has come, follows it, and some stop theirs. */
final class Crowd {
    private static final long LOOK_MILLIS = 20;

    private final ChaosClients clients;
    private final Count.Table counts;
    private final List<Played> played = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    Crowd(ChaosClients clients, Count.Table counts) {
        this.clients = clients;
        this.counts = counts;
    }

    /** @param progress how much of the faults has been inflicted, over which they are spread */
    void begin(List<Errand> errands, DoubleSupplier progress) {
        for (int i = 0; i < errands.size(); i++) {
            Errand errand = errands.get(i);
            double from = (double) i / errands.size();
            threads.add(Thread.ofVirtual().name("client-" + errand.task()).start(() -> {
                try {
                    while (progress.getAsDouble() < from) {
                        Thread.sleep(LOOK_MILLIS);
                    }
                    play(errand);
                } catch (InterruptedException e) {
                    // The round gave up waiting, and says so.
                }
            }));
        }
    }

    private void play(Errand errand) throws InterruptedException {
        String agent = clients.spawn(errand);
        synchronized (this) {
            played.add(new Played(errand, agent, new ChaosFollower(clients, counts, agent)));
        }
        if (errand.stopped()) {
            Thread.sleep(ThreadLocalRandom.current().nextInt(0, 2_000));
            clients.stop(agent);
        }
    }

    /** Those whose spawn was acknowledged. */
    synchronized List<Played> played() {
        return List.copyOf(played);
    }

    /** Whether every client has what it came for and saw the end of its run. */
    boolean content() {
        return threads.stream().noneMatch(Thread::isAlive)
                && played().stream().allMatch(run -> run.follower().over());
    }

    void giveUp() {
        threads.forEach(Thread::interrupt);
        played().forEach(run -> run.follower().giveUp());
    }
}
