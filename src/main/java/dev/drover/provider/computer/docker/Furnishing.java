package dev.drover.provider.computer.docker;

import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.VolumeOptions;
import dev.drover.core.computer.AgentFolder;
import dev.drover.core.computer.Holes;
import dev.drover.core.computer.Layout;
import dev.drover.core.computer.Owner;
import dev.drover.core.id.AgentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What of the host a container sees: folders of its agent and of those who share one with it, and nothing else.
 *
 * @param folder where all agents' folders are, as this server sees it
 * @param seen the same, as the engine sees it
 */
record Furnishing(Engine engine, Path folder, Path seen, Owner owner, Tags tags) {
    /** The folder has had this name since before computers were kept. */
    private static final String OLD_HOME = "/workspace";

    private static final Holes NO_HOLES = new Holes(Set.of(), Set.of());

    /** Makes what is missing, and tells how all of it is mounted. */
    List<Mount> mounts(AgentFolder agent, Layout layout) throws IOException {
        String workspace = Tags.workspace(agent.agent());
        engine.makeVolume(workspace, seen(agent.agent()).workspace(), tags.volume(agent.agent(), "agent-workspace"));
        List<Layout.Mount> common = common(agent, layout);
        Holes holes = layout.readOnly() ? Holes.make(layout, agent, owner) : NO_HOLES;
        List<Mount> mounts = new ArrayList<>();
        for (String home : new LinkedHashSet<>(List.of(layout.home(), OLD_HOME))) {
            mounts.add(volume(workspace, home, layout.readOnly()));
            for (Layout.Mount each : common) {
                mounts.add(volume(Tags.shared(each.source()), home + "/" + each.path(), layout.readOnly()));
            }
            for (String hole : all(holes)) {
                if (common.stream().noneMatch(each -> (hole + "/").startsWith(each.path() + "/"))) {
                    mounts.add(bind(seen(agent.agent()).workspace().resolve(hole), home + "/" + hole, false));
                }
            }
        }
        mounts.add(bind(seen(agent.agent()).sockets(), Blueprint.SOCKETS, true));
        return mounts;
    }

    private static List<String> all(Holes holes) {
        List<String> all = new ArrayList<>(holes.folders());
        all.addAll(holes.files());
        return all;
    }

    /** The folders in common that are there, each with a volume and a place to be mounted at. */
    private List<Layout.Mount> common(AgentFolder agent, Layout layout) throws IOException {
        List<Layout.Mount> common = new ArrayList<>();
        for (Layout.Mount each : layout.folders()) {
            AgentFolder source = AgentFolder.of(folder, each.source());
            if (each.source().equals(agent.agent()) && Files.notExists(source.shared(), LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(source.shared());
                Files.setPosixFilePermissions(source.shared(), PosixFilePermissions.fromString("rwxrwx---"));
                owner.own(source.shared());
            }
            if (Files.isDirectory(source.shared(), LinkOption.NOFOLLOW_LINKS)
                    && Holes.makeFolder(agent.workspace(), each.path(), owner)) {
                engine.makeVolume(
                        Tags.shared(each.source()),
                        seen(each.source()).shared(),
                        tags.volume(each.source(), "agent-shared"));
                common.add(each);
            }
        }
        return common;
    }

    private AgentFolder seen(AgentId agent) {
        return AgentFolder.of(seen, agent);
    }

    /** Nothing that the image has at that place is copied into the workspace. */
    private static Mount volume(String name, String target, boolean readOnly) {
        return new Mount()
                .withType(MountType.VOLUME)
                .withSource(name)
                .withTarget(target)
                .withReadOnly(readOnly)
                .withVolumeOptions(new VolumeOptions().withNoCopy(true));
    }

    private static Mount bind(Path source, String target, boolean readOnly) {
        return new Mount()
                .withType(MountType.BIND)
                .withSource(source.toString())
                .withTarget(target)
                .withReadOnly(readOnly);
    }
}
