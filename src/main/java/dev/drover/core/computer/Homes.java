package dev.drover.core.computer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Furnishes homes as their layouts want them, while nothing runs in them. */
public final class Homes {
    private static final System.Logger LOG = System.getLogger(Homes.class.getName());

    private static final String NO_FOLDER = "blank";
    private static final String NO_JSON = "blank.json";
    private static final String NO_TEXT = "blank.txt";

    private final Path blanks;
    private final RunnerState states;

    /**
     * With what stands for settings that are not there.
     *
     * @param blanks where {@link #installBlanks} has put it
     */
    public Homes(Path blanks, Chamber chamber) {
        this.blanks = blanks;
        this.states = new RunnerState(chamber);
    }

    /** Makes what stands for settings that are not there; below the folder of all computers. */
    public static void installBlanks(Path folder) throws IOException {
        Files.createDirectories(folder.resolve(NO_FOLDER));
        Files.setPosixFilePermissions(folder.resolve(NO_FOLDER), PosixFilePermissions.fromString("rwxr-xr-x"));
        ShellProgram.install(folder.resolve(NO_JSON), "{}\n");
        ShellProgram.install(folder.resolve(NO_TEXT), "");
    }

    private static String blank(String setting) {
        return setting.endsWith("/") ? NO_FOLDER : setting.endsWith(".json") ? NO_JSON : NO_TEXT;
    }

    public HomeMounts furnish(Home home) throws IOException {
        HomeMounts mounts = HomeMounts.of(home.layout(), home.folder());
        Holes holes = home.layout().readOnly() ? Holes.make(home.layout(), home.folder(), home.owner()) : Holes.NONE;
        if (home.layout().readOnly()) {
            states.apart(home, holes);
            holes.folders().forEach(hole -> addHole(mounts, home, hole));
            holes.files().forEach(hole -> addHole(mounts, home, hole));
            addState(mounts, home);
        } else {
            states.backIn(home);
        }
        for (Layout.Mount mount : home.layout().folders()) {
            addFolder(mounts, home, mount, holes);
        }
        return mounts;
    }

    private static void addFolder(HomeMounts mounts, Home home, Layout.Mount mount, Holes holes) throws IOException {
        AgentFolder source = home.folder().of(mount.source());
        if (mount.source().equals(home.folder().agent())) {
            CommonFolder.make(source, home.owner());
        } else if (!Files.isDirectory(source.shared(), LinkOption.NOFOLLOW_LINKS)) {
            return; // its agent has never offered anything
        }
        if (!Holes.makeFolder(home.folder().workspace(), mount.path(), home.owner())) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "agent {0} has something else than a folder at {1}, so no folder in common is seen there",
                    home.folder().agent(),
                    mount.path());
            return;
        }
        boolean writable = !home.layout().readOnly()
                || holes.folders().stream().anyMatch(hole -> (mount.path() + "/").startsWith(hole + "/"));
        mounts.add(mount.path(), source.shared(), writable);
    }

    /** What is in a folder in common can be written only with the whole of it. */
    private static void addHole(HomeMounts mounts, Home home, String hole) {
        boolean elsewhere = home.layout().folders().stream()
                .anyMatch(mount -> hole.equals(mount.path()) || hole.startsWith(mount.path() + "/"));
        if (!elsewhere) {
            mounts.add(hole, home.folder().workspace().resolve(hole), true);
        }
    }

    /** What a runner is set up by stays the workspace's; where that has none, there is none. */
    private void addState(HomeMounts mounts, Home home) throws IOException {
        Path workspace = home.folder().workspace();
        for (String name : RunnerState.FOLDERS) {
            if (!Holes.makeFolder(workspace, name, home.owner())) {
                continue; // a link: then it can only be read, like all else
            }
            mounts.add(name, home.folder().state().resolve(name), true);
            for (String setting : RunnerState.settingsIn(name)) {
                boolean isFolder = setting.endsWith("/");
                String path = isFolder ? setting.substring(0, setting.length() - 1) : setting;
                boolean there = isFolder ? Holes.isFolder(workspace, path) : Holes.isFile(workspace, path);
                mounts.add(path, there ? workspace.resolve(path) : blanks.resolve(blank(setting)), false);
            }
        }
    }

    /** Groups of those whose folders are mounted: what makes the folders in common open to this computer. */
    public static List<String> groups(Home home) throws IOException {
        List<String> groups = new ArrayList<>();
        for (Layout.Mount mount : home.layout().folders()) {
            Path shared = home.folder().of(mount.source()).shared();
            if (!mount.source().equals(home.folder().agent())
                    && Files.isDirectory(shared, LinkOption.NOFOLLOW_LINKS)
                    && Owner.of(shared) instanceof Owner.Apart(int uid)) {
                groups.add(Integer.toString(uid));
            }
        }
        return groups;
    }
}
