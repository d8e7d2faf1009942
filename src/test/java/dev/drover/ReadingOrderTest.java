package dev.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms of the core in the order in which to read them: a room uses only rooms above it. */
final class ReadingOrderTest {
    private static final String CORE = "dev.drover.core";

    private static final List<String> ROOMS = List.of(
            "id",
            "audit",
            "setting",
            "access",
            "model",
            "agent",
            "memory",
            "context",
            "credential",
            "connection",
            "usage",
            "egress",
            "repository",
            "computer",
            "tool",
            "scenario",
            "artifact",
            "runtime",
            "run",
            "skill",
            "machine",
            "conversation",
            "execution",
            "schedule",
            "terminal",
            "squad",
            "issue",
            "approval",
            "heartbeat",
            "webhook",
            "health",
            "overview",
            "backup",
            "retention");

    @Test
    void aRoomUsesOnlyRoomsAboveIt() {
        assertThat(dependencies().filter(ReadingOrderTest::pointsDown).map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void everyRoomHasItsPlaceInTheList() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("src/main/java/dev/drover/core"))) {
            assertThat(folders.filter(Files::isDirectory).map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrderElementsOf(ROOMS);
        }
    }

    @Test
    void whatAllRoomsShareUsesNoRoom() {
        assertThat(dependencies()
                        .filter(dependency -> room(dependency.getOriginClass()).isEmpty())
                        .filter(dependency -> !room(dependency.getTargetClass()).isEmpty())
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    private static Stream<Dependency> dependencies() {
        return ArchitectureTest.MAIN.stream()
                .filter(type -> type.getPackageName().startsWith(CORE))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency ->
                        dependency.getTargetClass().getPackageName().startsWith(CORE));
    }

    private static boolean pointsDown(Dependency dependency) {
        String from = room(dependency.getOriginClass());
        String to = room(dependency.getTargetClass());
        return !from.isEmpty() && !to.isEmpty() && ROOMS.indexOf(from) < ROOMS.indexOf(to);
    }

    /** Empty for what lies in the core itself. */
    private static String room(JavaClass type) {
        String rest = type.getPackageName().substring(CORE.length());
        return rest.isEmpty() ? "" : rest.substring(1).split("\\.", -1)[0];
    }
}
