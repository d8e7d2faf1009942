package dev.drover.core.computer;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A computer whose shell calls here: commands go to a resident shell, which is started again when it died. */
public final class ResidentComputer implements Computer {
    private static final System.Logger LOG = System.getLogger(ResidentComputer.class.getName());

    private final Home home;
    private final AgentFolder folder;
    private final Owner owner;
    private final Housing housing;
    private final Map<String, String> environment;
    private final Workspace workspace;
    private final Runnable whenStopped;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile Map<String, String> added = Map.of();
    private volatile @Nullable Lodging lodging;
    private volatile boolean stopped;
    private boolean dismantled;
    private boolean removed;

    /** Who lives in the computer at the moment. */
    private record Lodging(Process process, ResidentShell shell, Isolation isolation) {}

    /**
     * Not yet open.
     *
     * @param environment all variables of the commands
     * @param whenStopped told once, after everything but the workspace is removed
     */
    public ResidentComputer(Home home, Housing housing, Map<String, String> environment, Runnable whenStopped) {
        this(home, housing, environment, whenStopped, home.workspace());
    }

    /**
     * Not yet open, with files that do not lie on this host.
     *
     * @param workspace where they are
     */
    public ResidentComputer(
            Home home, Housing housing, Map<String, String> environment, Runnable whenStopped, Workspace workspace) {
        this.home = home;
        this.folder = home.folder();
        this.owner = home.owner();
        this.housing = housing;
        this.environment = Map.copyOf(environment);
        this.workspace = workspace;
        this.whenStopped = whenStopped;
    }

    /** Starts the shell and judges the isolation it finds itself in. */
    public void open() throws ComputerFailure, InterruptedException {
        lodging();
        if (home.layout().kept()) {
            NightWatch watch = new NightWatch(home.quotas(), this::cpuSeconds, this::isUp, this::outgrown);
            Thread.ofVirtual().name("night-watch").start(watch);
        }
    }

    @Override
    public Isolation isolation() {
        Lodging current = lodging;
        if (current == null) {
            throw new IllegalStateException("computer of agent " + folder.agent() + " has not been opened");
        }
        return current.isolation;
    }

    @Override
    public boolean isUp() {
        Lodging current = lodging;
        return current != null && current.shell.open() && current.process.isAlive();
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    @Override
    public Execution run(String command, Duration timeout) throws ComputerFailure, InterruptedException {
        if (command.indexOf('\0') >= 0) {
            throw new ComputerFailure("a command with a NUL character in it would be cut off there; leave it out");
        }
        Lodging current = lodging();
        QuotaWatch watch = new QuotaWatch(home.quotas());
        long deadline = System.nanoTime() + timeout.toNanos();
        ShellCommand running = current.shell.start(command);
        try {
            while (true) {
                Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                boolean ended = running.awaitEnd(left.compareTo(watch.period()) < 0 ? left : watch.period());
                Optional<String> full = watch.exceeded();
                if (full.isPresent()) {
                    end(running, current);
                    throw new ComputerFailure(full.get());
                }
                if (ended) {
                    return running.lost() ? lost() : running.execution();
                }
                if (System.nanoTime() >= deadline) {
                    end(running, current);
                    return running.timedOut();
                }
            }
        } catch (InterruptedException e) {
            end(running, current);
            throw e;
        }
    }

    @Override
    public Dialogue converse(String command, Map<String, String> variables)
            throws ComputerFailure, InterruptedException {
        return SocketDialogue.begin(lodging().shell, folder, owner, command, variables);
    }

    @Override
    public void environment(Map<String, String> variables) {
        changing.lock();
        try {
            added = Map.copyOf(variables);
            Lodging current = lodging;
            if (current != null) {
                current.shell.environment(environment());
            }
        } finally {
            changing.unlock();
        }
    }

    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(added);
        all.putAll(environment);
        return all;
    }

    private double cpuSeconds() {
        Lodging current = lodging;
        return current == null ? 0 : housing.cpuSeconds(current.process);
    }

    @Override
    public Stats stats() {
        Lodging current = lodging;
        Stats use = current == null ? new Stats(0, 0, 0, 0) : housing.use(current.process);
        return new Stats(
                use.memoryBytes(),
                use.cpuSeconds(),
                use.processes(),
                home.quota().lately(),
                use.receivedBytes(),
                use.sentBytes(),
                current == null ? Optional.empty() : current.process.info().startInstant());
    }

    @Override
    public void stop(Duration grace) {
        Uninterrupted.run(() -> stopNow(grace));
    }

    @Override
    public void close() {
        Uninterrupted.run(() -> {
            stopNow(Duration.ZERO);
            changing.lock();
            try {
                if (!removed) {
                    FolderRemoval.remove(folder.root());
                    housing.release();
                    removed = true;
                }
            } catch (IOException e) {
                // The agent's uid stays taken, so nobody inherits these files; the next sweep tries again.
                LOG.log(System.Logger.Level.WARNING, "computer of agent {0}: {1}", folder.agent(), e.getMessage());
            } finally {
                changing.unlock();
            }
        });
    }

    private void stopNow(Duration grace) {
        stopped = true;
        changing.lock();
        try {
            Lodging last = lodging;
            if (last != null) {
                lodging = null;
                if (grace.isPositive()) {
                    housing.terminate(last.process, grace);
                }
                evict(last);
            }
            if (!dismantled) {
                housing.dismantle();
                whenStopped.run();
                dismantled = true;
            }
        } finally {
            changing.unlock();
        }
    }

    private Lodging lodging() throws ComputerFailure, InterruptedException {
        Lodging current = lodging;
        if (current != null && current.shell.open()) {
            return current;
        }
        changing.lockInterruptibly();
        try {
            if (stopped) {
                throw new ComputerFailure("the computer of agent " + folder.agent() + " is stopped");
            }
            current = lodging;
            if (current != null && current.shell.open()) {
                return current;
            }
            if (current != null && home.layout().kept()) {
                throw new ComputerFailure("the computer of agent " + folder.agent()
                        + " has ended by itself; start it again, its files are kept");
            }
            if (current != null) {
                evict(current);
            }
            current = moveIn();
            lodging = current;
            return current;
        } finally {
            changing.unlock();
        }
    }

    private Lodging moveIn() throws ComputerFailure, InterruptedException {
        try (ShellCall call = new ShellCall(folder.shellSocket(), owner)) {
            Process process = housing.launch();
            boolean settled = false;
            try {
                ResidentShell shell = call.take(process, environment());
                Isolation isolation = housing.judge(process, shell.measured());
                settled = true;
                return new Lodging(process, shell, isolation);
            } finally {
                if (!settled) {
                    Uninterrupted.run(() -> housing.kill(process));
                }
            }
        } catch (IOException e) {
            throw new ComputerFailure(
                    "the computer of agent " + folder.agent() + " could not be opened: " + e.getMessage(), e);
        }
    }

    private void evict(Lodging last) {
        last.shell.close();
        housing.kill(last.process);
    }

    /** Ends a command; when even KILL was not seen to work, the whole computer is started anew by the next one. */
    private void end(ShellCommand running, Lodging current) {
        if (!running.kill()) {
            Uninterrupted.run(() -> evict(current));
        }
    }

    private Execution lost() throws ComputerFailure {
        throw new ComputerFailure(
                stopped || !Files.exists(folder.root())
                        ? "the computer of agent " + folder.agent() + " was stopped while the command ran"
                        : "the computer's shell ended while the command ran (killed from inside, or out of memory);"
                                + (home.layout().kept() ? " start it again" : " the next command gets a new one")
                                + ", the workspace is kept");
    }

    /** Something in the background has filled the disk; nobody knows which process it was. */
    private void outgrown(String full) {
        LOG.log(System.Logger.Level.WARNING, "computer of agent {0} is ended: {1}", folder.agent(), full);
        Lodging current = lodging;
        if (current != null) {
            evict(current);
        }
    }
}
