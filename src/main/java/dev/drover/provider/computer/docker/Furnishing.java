package dev.drover.provider.computer.docker;

import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.VolumeOptions;
import dev.drover.core.computer.ConfigFolder;
import dev.drover.core.computer.Home;
import dev.drover.core.computer.HomeMounts;
import dev.drover.core.computer.Layout;
import dev.drover.core.id.AgentId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What of the host a container sees: folders of its agent and of those who share one with it, and nothing else.
 *
 * @param folder where all agents' folders are, as this server sees it
 * @param seen the same, as the engine sees it
 */
record Furnishing(Engine engine, Path folder, Path seen, Tags tags) {
    /** Where the engine finds a path of ours. */
    Path seen(Path path) {
        return seen.resolve(folder.relativize(path));
    }

    /** The mounts in the engine's words; a whole folder of an agent's is a volume. */
    List<Mount> mounts(Home home, HomeMounts wanted) throws IOException {
        List<Mount> mounts = new ArrayList<>();
        for (Map.Entry<String, HomeMounts.Bind> each : wanted.binds().entrySet()) {
            mounts.add(mount(home, each.getKey(), each.getValue()));
        }
        mounts.add(bind(seen(home.folder().sockets()), Blueprint.SOCKETS, true));
        mounts.add(bind(seen(home.folder().config()), ConfigFolder.INSIDE, true));
        return mounts;
    }

    private Mount mount(Home home, String target, HomeMounts.Bind bind) throws IOException {
        AgentId agent = home.folder().agent();
        if (bind.source().equals(home.folder().workspace())) {
            return volume(agent, Tags.workspace(agent), "agent-workspace", target, bind);
        }
        for (Layout.Mount common : home.layout().folders()) {
            if (bind.source().equals(home.folder().of(common.source()).shared())) {
                return volume(common.source(), Tags.shared(common.source()), "agent-shared", target, bind);
            }
        }
        return bind(seen(bind.source()), target, !bind.writable());
    }

    /** Nothing that the image has at that place is copied into it. */
    private Mount volume(AgentId agent, String name, String platform, String target, HomeMounts.Bind bind)
            throws IOException {
        engine.makeVolume(name, seen(bind.source()), tags.volume(agent, platform));
        return new Mount()
                .withType(MountType.VOLUME)
                .withSource(name)
                .withTarget(target)
                .withReadOnly(!bind.writable())
                .withVolumeOptions(new VolumeOptions().withNoCopy(true));
    }

    static Mount bind(Path source, String target, boolean readOnly) {
        return new Mount()
                .withType(MountType.BIND)
                .withSource(source.toString())
                .withTarget(target)
                .withReadOnly(readOnly);
    }
}
