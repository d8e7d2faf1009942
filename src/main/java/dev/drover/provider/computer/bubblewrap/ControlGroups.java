package dev.drover.provider.computer.bubblewrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds out which version of control groups this host has and where this server may make its own. */
final class ControlGroups {
    private static final System.Logger LOG = System.getLogger(ControlGroups.class.getName());

    private final Path self;
    private final Path root;
    private final String installation;

    /**
     * @param self the folder of this process in /proc
     * @param root prefix of all paths found there; empty outside tests
     */
    ControlGroups(Path self, Path root, String installation) {
        this.self = self;
        this.root = root;
        this.installation = installation;
    }

    static Optional<ControlGroup.Place> ofThisHost(String installation) {
        return new ControlGroups(Path.of("/proc/self"), Path.of("/"), installation).find();
    }

    /** Empty when there is none that we may write to; the reason is logged. */
    Optional<ControlGroup.Place> find() {
        try {
            for (Mount mount : mounts("cgroup2")) {
                if (new GroupFolder(mount.point).lists("cgroup.controllers", ControlGroupsV2.CONTROLLERS)) {
                    return Optional.of(version2(mount));
                }
            }
            return Optional.of(version1());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.INFO, "no control groups: {0}", e.toString());
            return Optional.empty();
        }
    }

    private ControlGroup.Place version1() throws IOException {
        Map<String, GroupFolder> bases = new HashMap<>();
        for (Mount mount : mounts("cgroup")) {
            for (String controller : mount.options) {
                if (ControlGroupsV1.CONTROLLERS.contains(controller)) {
                    bases.put(
                            controller,
                            own(mount, controller)
                                    .below("drover-" + installation)
                                    .make());
                }
            }
        }
        if (!bases.keySet().equals(ControlGroupsV1.CONTROLLERS)) {
            throw new IOException(
                    "only controllers " + bases.keySet() + " are mounted, expected " + ControlGroupsV1.CONTROLLERS);
        }
        return new ControlGroupsV1(Map.copyOf(bases));
    }

    /** Below our own group, so that our limits hold for computers too; else below the topmost one that we see. */
    private ControlGroup.Place version2(Mount mount) throws IOException {
        GroupFolder top = new GroupFolder(mount.point);
        GroupFolder own = own(mount, "");
        try {
            return ControlGroupsV2.below(own, "drover-" + installation, own.equals(top));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.INFO, "no control groups below our own: {0}", e.toString());
            return ControlGroupsV2.below(top, "drover-" + installation, true);
        }
    }

    /**
     * A mounted hierarchy.
     *
     * @param top which group of the hierarchy is seen at the point; not its root in a container
     */
    private record Mount(String top, Path point, List<String> options) {}

    private List<Mount> mounts(String type) throws IOException {
        return Files.readAllLines(self.resolve("mountinfo")).stream()
                .map(line -> line.split(" ", -1))
                .filter(words -> words[kind(words)].equals(type))
                .map(words -> new Mount(
                        words[3],
                        root.resolve(words[4].substring(1)),
                        Arrays.asList(words[words.length - 1].split(",", -1))))
                .toList();
    }

    /** Optional fields end with a lone dash; behind it is the type. */
    private static int kind(String[] words) {
        return Arrays.asList(words).indexOf("-") + 1;
    }

    /** The folder of the group that this process is in. */
    private GroupFolder own(Mount mount, String controller) throws IOException {
        for (String line : Files.readAllLines(self.resolve("cgroup"))) {
            String[] words = line.split(":", 3);
            boolean meant = controller.isEmpty()
                    ? words[0].equals("0")
                    : Set.of(words[1].split(",", -1)).contains(controller);
            if (meant) {
                String path = words[2].startsWith(mount.top) ? words[2].substring(mount.top.length()) : "";
                Path relative = Path.of("/" + path).normalize();
                return new GroupFolder(mount.point.resolve(relative.toString().substring(1)));
            }
        }
        throw new IOException("this process is in no group of controller '" + controller + "'");
    }
}
