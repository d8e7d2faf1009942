package dev.drover.provider.computer.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.ComputerSpec.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is asked of the engine; what it refuses is an IOException in its own words. */
final class Engine {
    private static final int COMPLAINT_SECONDS = 5;

    private final Path socket;
    private volatile @Nullable EngineLine line;

    Engine(Path socket) {
        this.socket = socket;
    }

    /** The variables that an image gives its containers; says what to do about an image that is not there. */
    Map<String, String> environment(String image) throws ComputerFailure {
        EngineLine open = line();
        try {
            String[] lines = Objects.requireNonNull(
                            open.client().inspectImageCmd(image).exec().getConfig(), "config of an image")
                    .getEnv();
            return Stream.ofNullable(lines)
                    .flatMap(Arrays::stream)
                    .map(line -> line.split("=", 2))
                    .filter(parts -> parts.length == 2)
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (first, second) -> second));
        } catch (NotFoundException e) {
            throw new ComputerFailure(
                    "image " + image + " is not on the engine behind socket " + socket
                            + "; build it (docker build -t " + image
                            + " docker/base), or name another with DROVER_COMPUTER_IMAGE",
                    e);
        } catch (RuntimeException e) {
            throw EngineLine.absent(socket, e);
        }
    }

    /** Only asks whether it is there. */
    void ping() throws ComputerFailure {
        EngineLine open = line();
        try {
            open.client().pingCmd().exec();
        } catch (RuntimeException e) {
            throw EngineLine.absent(socket, e);
        }
    }

    /** What answers, for the record. */
    String description() throws ComputerFailure {
        EngineLine open = line();
        try {
            var version = open.client().versionCmd().exec();
            String platform =
                    version.getPlatform() == null ? null : version.getPlatform().getName();
            return (platform == null || platform.isBlank() ? "docker" : platform) + " " + version.getVersion();
        } catch (RuntimeException e) {
            throw EngineLine.absent(socket, e);
        }
    }

    /** A named volume that is a folder of the host. */
    void makeVolume(String name, Path device, Map<String, String> labels) throws IOException {
        Map<String, String> options = Map.of("type", "none", "o", "bind", "device", device.toString());
        call(client -> {
            client.createVolumeCmd()
                    .withName(name)
                    .withDriver("local")
                    .withDriverOpts(options)
                    .withLabels(labels)
                    .exec();
            // One of that name that was there before is answered as if it had just been made.
            if (!options.equals(client.inspectVolumeCmd(name).exec().getOptions())) {
                client.removeVolumeCmd(name).exec();
                client.createVolumeCmd()
                        .withName(name)
                        .withDriver("local")
                        .withDriverOpts(options)
                        .withLabels(labels)
                        .exec();
            }
            return name;
        });
    }

    /** The id of the new container; null when the name is taken. */
    @Nullable String create(String image, String name, Consumer<CreateContainerCmd> form) throws IOException {
        return call(client -> {
            try (CreateContainerCmd create = client.createContainerCmd(image)) {
                form.accept(create);
                return create.withName(name).exec().getId();
            } catch (ConflictException e) {
                return null;
            }
        });
    }

    void start(String container) throws IOException {
        call(client -> client.startContainerCmd(container).exec());
    }

    /** Blocks until the container does not run, and tells its exit code; -1 when there is no such container. */
    int awaitEnd(String container) throws IOException {
        return call(client -> {
            try {
                return line().ask(Request.Method.POST, "/containers/" + container + "/wait")
                        .path("StatusCode")
                        .asInt(-1);
            } catch (NotFoundException e) {
                return -1;
            }
        });
    }

    /** Harmless when it does not run. */
    void kill(String container, String signal) throws IOException {
        call(client -> {
            try {
                return client.killContainerCmd(container).withSignal(signal).exec();
            } catch (NotFoundException | ConflictException e) {
                return null;
            }
        });
    }

    /** Ends and removes it; harmless when it is not there. */
    void remove(String container) throws IOException {
        call(client -> {
            try {
                return client.removeContainerCmd(container)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            } catch (NotFoundException | ConflictException e) {
                return null; // gone, or on its way
            }
        });
    }

    void removeVolume(String name) throws IOException {
        call(client -> {
            try {
                return client.removeVolumeCmd(name).exec();
            } catch (NotFoundException e) {
                return null;
            }
        });
    }

    InspectContainerResponse inspect(String container) throws IOException {
        return call(client -> client.inspectContainerCmd(container).exec());
    }

    /** Other limits for a container that runs. */
    void limit(String container, Limits limits) throws IOException {
        call(client -> client.updateContainerCmd(container)
                .withMemory(limits.memoryBytes())
                .withMemorySwap(limits.memoryBytes())
                .withNanoCPUs(Blueprint.nanos(limits))
                .withPidsLimit((long) limits.processes())
                .exec());
    }

    void rename(String container, String name) throws IOException {
        call(client -> client.renameContainerCmd(container).withName(name).exec());
    }

    /** Starts a command beside the main process, without a line to it, and tells its id. */
    String run(String container, List<String> command) throws IOException {
        return call(client -> {
            String id = client.execCreateCmd(container)
                    .withCmd(command.toArray(String[]::new))
                    .exec()
                    .getId();
            line().order("/exec/" + id + "/start", "{\"Detach\": true, \"Tty\": false}");
            return id;
        });
    }

    boolean runs(String command) throws IOException {
        return call(client ->
                Boolean.TRUE.equals(client.inspectExecCmd(command).exec().isRunning()));
    }

    /** What its main process has said on its standard error. */
    String complaints(String container) throws IOException {
        return call(client -> {
            List<String> said = new CopyOnWriteArrayList<>();
            ResultCallback.Adapter<Frame> taking = new ResultCallback.Adapter<>() {
                @Override
                public void onNext(Frame frame) {
                    said.add(new String(frame.getPayload(), StandardCharsets.UTF_8));
                }
            };
            client.logContainerCmd(container).withStdErr(true).exec(taking);
            taking.awaitCompletion(COMPLAINT_SECONDS, TimeUnit.SECONDS);
            return String.join("", said);
        });
    }

    /** Its use at this moment, which the library could only ask for after a second of watching. */
    JsonNode use(String container) throws IOException {
        return call(client ->
                line().ask(Request.Method.GET, "/containers/" + container + "/stats?stream=false&one-shot=true"));
    }

    /** All that bear these labels, whether they run or not. */
    List<Container> containers(Map<String, String> labels) throws IOException {
        return call(client -> client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(labels)
                .exec());
    }

    /** The names of all volumes with these labels, and all of their labels. */
    Map<String, Map<String, String>> volumes(Map<String, String> labels) throws IOException {
        List<String> filter = labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .toList();
        return call(client -> client.listVolumesCmd().withFilter("label", filter).exec().getVolumes().stream()
                .collect(Collectors.toMap(volume -> volume.getName(), volume -> Map.copyOf(volume.getLabels()))));
    }

    void close() {
        EngineLine open = line;
        if (open != null) {
            open.close();
        }
    }

    private EngineLine line() throws ComputerFailure {
        EngineLine open = line;
        if (open == null) {
            open = EngineLine.open(socket);
            line = open;
        }
        return open;
    }

    @FunctionalInterface
    private interface Call<T extends @Nullable Object> {
        T on(DockerClient client) throws IOException, ComputerFailure, InterruptedException;
    }

    /** The library throws whatever goes wrong unchecked. */
    private <T extends @Nullable Object> T call(Call<T> call) throws IOException {
        try {
            return call.on(line().client());
        } catch (ComputerFailure e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the engine was asked", e);
        } catch (RuntimeException e) {
            throw new IOException("the engine refused: " + EngineLine.reason(e), e);
        }
    }
}
