package dev.drover.provider.computer.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Really runs pods, each as a sandbox of bubblewrap that is what the pod's specification asks for: user, read-only
 * root, capabilities, mounts. A network none has, whatever policies say: who is not under one finds its own loopback in
 * the place of the cluster's API. What else is put on for show is said where it is.
 */
final class TestingKubelet {
    /** Lets everything pass: that a filter was asked for is what counts, and the kernel then says that there is one. */
    private static final byte[] RUNTIME_DEFAULT = {6, 0, 0, 0, 0, 0, (byte) 0xff, 0x7f};

    /** Nobody's address, and no way leads there; where no policy closes a pod, it finds somebody instead. */
    private static final String BEYOND = "192.0.2.1";

    private static final int LARGEST_PATH = 107;

    /** Before it becomes the container's command, it forks one who waits for the one exec that each pod here gets. */
    private static final String SHIM = """
            my $name = shift;
            if (!fork) {
                $SIG{TERM} = 'IGNORE';
                for my $line ('io', 'err') {
                    my $end;
                    socket($end, 1, 1, 0) && connect($end, pack('Sa108', 1, $name)) or die "kubelet: $!";
                    push @lines, $end;
                }
                my ($io, $errors) = @lines;
                my ($length, $words) = ('', '');
                while (length $length < 4) { sysread $io, $length, 4 - length $length, length $length or exit }
                $length = unpack 'N', $length;
                while (length $words < $length) {
                    sysread $io, $words, $length - length $words, length $words or exit;
                }
                open STDIN, '<&', $io;
                open STDOUT, '>&', $io;
                open STDERR, '>&', $errors;
                $SIG{TERM} = 'DEFAULT';
                exec split /\\0/, $words;
            }
            exec @ARGV or die "cannot run $ARGV[0]: $!";
            """;

    private final Path node;

    /** @param node where the volumes and what is around pods lie */
    TestingKubelet(Path node) throws IOException {
        this.node = node;
        passable(node);
        passable(Files.createDirectories(node.resolve("volumes")));
        passable(Files.createDirectories(node.resolve("p")));
    }

    /** A pod that runs, and the two ends of the exec that it waits for. */
    record Running(Process process, ServerSocketChannel listener, Path folder) {
        /** Lets the waiting one begin. */
        Exec exec(List<String> command) throws IOException {
            SocketChannel io = listener.accept();
            SocketChannel errors = listener.accept();
            byte[] words = String.join("\0", command).getBytes(UTF_8);
            ByteBuffer order =
                    ByteBuffer.allocate(4 + words.length).putInt(words.length).put(words);
            io.write(order.flip());
            return new Exec(io, errors);
        }

        void end() throws IOException, InterruptedException {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            listener.close();
        }
    }

    /** Streams of a command in a pod: in and out are one socket, as they are in the process. */
    record Exec(SocketChannel io, SocketChannel errors) {}

    Path volume(String claim) {
        return node.resolve("volumes").resolve(claim);
    }

    Running start(JsonNode pod, boolean closed) throws IOException {
        String id = pod.at("/metadata/uid").asText().substring(0, 8);
        Path folder = Files.createDirectories(node.resolve("p").resolve(id));
        passable(folder);
        Path socket = folder.resolve("exec");
        if (socket.toString().length() > LARGEST_PATH) {
            throw new IOException("the path " + socket + " is too long for a socket");
        }
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.write(folder.resolve("filter"), RUNTIME_DEFAULT);
        ProcessBuilder builder = new ProcessBuilder(command(pod, folder, closed))
                .redirectInput(folder.resolve("filter").toFile())
                .redirectError(folder.resolve("log").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        return new Running(builder.start(), listener, folder);
    }

    private List<String> command(JsonNode pod, Path folder, boolean closed) throws IOException {
        JsonNode spec = pod.path("spec");
        JsonNode container = spec.path("containers").path(0);
        long user = spec.at("/securityContext/runAsUser").asLong(0);
        List<String> command = new ArrayList<>();
        boolean root = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid", LinkOption.NOFOLLOW_LINKS) == 0;
        if (root) {
            String id = Long.toString(user);
            command.addAll(List.of("setpriv", "--reuid", id, "--regid", id, "--clear-groups"));
        }
        command.addAll(List.of("bwrap", "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session"));
        command.addAll(List.of("--uid", Long.toString(user), "--gid", Long.toString(user), "--as-pid-1"));
        JsonNode security = container.path("securityContext");
        if (security.at("/capabilities/drop/0").asText().equals("ALL")) {
            command.addAll(List.of("--cap-drop", "ALL"));
        }
        if (spec.at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault")) {
            command.addAll(List.of("--seccomp", "0"));
        }
        command.addAll(List.of("--hostname", spec.path("hostname").asText("pod"), "--clearenv"));
        command.addAll(List.of("--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin"));
        command.addAll(List.of("--setenv", "KUBERNETES_SERVICE_HOST", closed ? BEYOND : "127.0.0.1"));
        mount(command, pod, folder, user);
        if (security.path("readOnlyRootFilesystem").asBoolean()) {
            command.addAll(List.of("--remount-ro", "/"));
        }
        command.addAll(List.of("perl", "-e", SHIM, "/run/kubelet/exec"));
        container.path("command").forEach(word -> command.add(word.asText()));
        return command;
    }

    /** Of an image, a volume and a control group, of which the latter is nothing but files with the limits in them. */
    private void mount(List<String> command, JsonNode pod, Path folder, long user) throws IOException {
        command.addAll(List.of("--ro-bind", "/usr", "/usr", "--proc", "/proc", "--dev", "/dev"));
        for (String link : List.of("bin", "sbin", "lib", "lib64")) {
            command.addAll(List.of("--symlink", "usr/" + link, "/" + link));
        }
        Path users = Files.writeString(
                folder.resolve("passwd"), "developer:x:" + user + ":" + user + "::/home/developer:/bin/sh\n");
        command.addAll(List.of("--ro-bind", users.toString(), "/etc/passwd"));
        command.addAll(List.of("--symlink", "home/developer", "/workspace"));
        command.addAll(List.of("--bind", folder.toString(), "/run/kubelet"));
        JsonNode limits = pod.at("/spec/containers/0/resources/limits");
        Path group = Files.createDirectories(folder.resolve("cgroup"));
        if (limits.has("memory")) {
            Files.writeString(group.resolve("memory.max"), limits.path("memory").asText() + "\n");
        }
        if (limits.has("cpu")) {
            long millis = Long.parseLong(limits.path("cpu").asText().replace("m", ""));
            Files.writeString(group.resolve("cpu.max"), millis * 100 + " 100000\n");
        }
        Files.writeString(group.resolve("pids.max"), "1024\n");
        command.addAll(List.of("--ro-bind", group.toString(), "/sys/fs/cgroup"));
        for (JsonNode each : pod.at("/spec/containers/0/volumeMounts")) {
            JsonNode volume = volumeOf(pod, each.path("name").asText());
            String at = each.path("mountPath").asText();
            if (volume.has("emptyDir")) {
                command.addAll(List.of("--tmpfs", at));
            } else {
                Path part = volume(volume.at("/persistentVolumeClaim/claimName").asText())
                        .resolve(each.path("subPath").asText());
                Files.createDirectories(part);
                own(part, user);
                command.addAll(List.of("--bind", part.toString(), at));
            }
        }
    }

    private static JsonNode volumeOf(JsonNode pod, String name) throws IOException {
        for (JsonNode volume : pod.at("/spec/volumes")) {
            if (volume.path("name").asText().equals(name)) {
                return volume;
            }
        }
        throw new IOException("the pod has no volume " + name);
    }

    private static void passable(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    /** As fsGroup does it. */
    private static void own(Path folder, long user) throws IOException {
        passable(Objects.requireNonNull(folder.getParent(), "the folder of a volume is in one"));
        if ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid", LinkOption.NOFOLLOW_LINKS) == 0) {
            Files.setAttribute(folder, "unix:uid", (int) user);
            Files.setAttribute(folder, "unix:gid", (int) user);
        }
    }
}
