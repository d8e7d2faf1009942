package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.ComputerSpec.Limits;
import dev.drover.core.computer.ConfigFolder;
import dev.drover.core.computer.Home;
import dev.drover.core.computer.HomeMounts;
import dev.drover.core.computer.Homes;
import dev.drover.core.computer.Owner;
import dev.drover.core.computer.ShellProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How bubblewrap is called for one computer. */
record BubblewrapCommand(
        Home home,
        HomeMounts mounts,
        Limits limits,
        Optional<ControlGroup> group,
        List<String> people,
        Installed installed) {
    static final String PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin";

    private static final String SOCKETS = "/run/drover";

    /** What everybody may read in /proc although it tells of the host; the rest is closed to ordinary users anyway. */
    private static final List<String> COVERED = List.of("/proc/keys", "/proc/key-users", "/proc/cmdline");

    /**
     * What all computers share.
     *
     * @param filter the system call filter's program
     * @param system arguments that bring the host's system in
     * @param blanks the folder of what stands for settings that are not there
     */
    record Installed(Path filter, List<String> system, Path blanks) {}

    /**
     * The command line: a small shell joins the control groups, drops the rights and becomes bubblewrap, which reads
     * {@link #arguments()} from standard input. So no argument of it can be seen in /proc, inside or outside.
     */
    List<String> line() throws IOException {
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", script(), "drover"));
        line.add(installed.filter().toString());
        group.ifPresent(joined -> joined.joins().forEach(path -> line.add(path.toString())));
        return line;
    }

    private String script() throws IOException {
        List<String> become = new ArrayList<>(List.of("exec", "prlimit"));
        // A core limit of 1 instead of 0 also keeps the kernel from piping the core to a program of the host.
        become.addAll(List.of("--core=1", "--fsize=" + limits.diskBytes()));
        if (group.isEmpty()) {
            become.add("--data=" + limits.memoryBytes());
        }
        if (home.owner() instanceof Owner.Apart(int uid)) {
            become.add("--nproc=" + limits.processes());
            List<String> groups = Homes.groups(home);
            become.addAll(List.of("setpriv", "--reuid", "" + uid, "--regid", "" + uid));
            become.add(groups.isEmpty() ? "--clear-groups" : "--groups=" + String.join(",", groups));
        }
        become.addAll(List.of("bwrap", "--args", "8"));
        if (group.isEmpty() && home.owner() instanceof Owner.Shared) {
            // Set inside, it counts the processes of this user namespace and not all of our own user's.
            become.addAll(List.of("prlimit", "--nproc=" + limits.processes()));
        }
        become.addAll(
                ShellProgram.command("/etc/" + ShellProgram.NAME, SOCKETS + "/shell", inside(), SOCKETS + "/door"));
        return """
                filter=$1; shift
                for group; do echo 0 > "$group" || exit 70; done
                """ + String.join(" ", become) + " 8<&0 9<\"$filter\" </dev/null\n";
    }

    private List<String> mountArguments() {
        List<String> arguments = new ArrayList<>();
        if (home.layout().kept()) {
            String above = Path.of(inside()).resolveSibling("").toString();
            arguments.addAll(List.of("--perms", "0755", "--dir", above, "--symlink", inside(), "/workspace"));
            arguments.addAll(List.of("--ro-bind", home.folder().config().toString(), ConfigFolder.INSIDE));
        }
        mounts.binds()
                .forEach((point, bind) -> arguments.addAll(List.of(
                        bind.writable() ? "--bind" : "--ro-bind", bind.source().toString(), point)));
        return arguments;
    }

    /** The home as its agent sees it. */
    private String inside() {
        return home.layout().home();
    }

    /** NUL-separated, for bubblewrap's {@code --args}. */
    String arguments() {
        List<String> all = new ArrayList<>(List.of("--unshare-all", "--unshare-user", "--disable-userns"));
        all.addAll(List.of("--uid", SystemFiles.UID_INSIDE, "--gid", SystemFiles.UID_INSIDE, "--cap-drop", "ALL"));
        all.addAll(List.of("--die-with-parent", "--new-session", "--hostname", "agent"));
        for (String made : List.of("/run", "/var")) {
            all.addAll(List.of("--perms", "0755", "--dir", made));
        }
        all.addAll(installed.system());
        all.addAll(people);
        all.addAll(List.of("--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys"));
        COVERED.stream()
                .filter(path -> Files.exists(Path.of(path)))
                .forEach(path -> all.addAll(List.of("--ro-bind", "/dev/null", path)));
        String half = Long.toString(limits.memoryBytes() / 2);
        all.addAll(List.of("--dev", "/dev", "--perms", "1777", "--size", half, "--tmpfs", "/dev/shm"));
        all.addAll(List.of("--remount-ro", "/dev", "--perms", "1777", "--size", half, "--tmpfs", "/tmp"));
        all.addAll(List.of("--symlink", "../tmp", "/var/tmp"));
        all.addAll(List.of("--ro-bind", home.folder().sockets().toString(), SOCKETS));
        all.addAll(mountArguments());
        all.addAll(List.of(
                "--remount-ro", "/", "--chdir", inside(), "--clearenv", "--setenv", "PATH", PATH, "--seccomp", "9"));
        return String.join("\0", all) + "\0";
    }
}
