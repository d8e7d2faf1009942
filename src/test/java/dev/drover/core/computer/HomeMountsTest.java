package dev.drover.core.computer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.id.AgentId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a link led a mount to, it is seen before anything runs. */
class HomeMountsTest {
    private static final String ID = "00000000-0000-7000-8000-000000000001";
    private static final String HOME = "/srv/computers/" + ID + "/workspace /home/developer ro,nosuid";
    private static final String OUTPUT =
            "/srv/computers/" + ID + "/workspace/out\\040put /home/developer/out\\040put rw,nosuid";

    private final AgentFolder folder = AgentFolder.of(Path.of("/data/srv/computers"), new AgentId(UUID.fromString(ID)));
    private final HomeMounts mounts = HomeMounts.of(Layout.KEPT.readOnly(List.of("out put/")), folder);

    @BeforeEach
    void openOneFolder() {
        mounts.add("out put", folder.workspace().resolve("out put"), true);
    }

    private void check(String... found) throws ComputerFailure {
        Map<String, String> measured = new TreeMap<>(Map.of("Uid", "1000"));
        for (String each : found) {
            measured.put("mount." + measured.size(), each);
        }
        mounts.check(measured);
    }

    @Test
    void takesJustWhatWasMeantWhereverTheFileSystemIsMountedOnTheHost() {
        assertThatCode(() -> check(HOME, OUTPUT)).doesNotThrowAnyException();
        assertThatCode(() -> check(OUTPUT, HOME)).doesNotThrowAnyException();
    }

    @Test
    void refusesAMountThatALinkLedElsewhere() {
        assertThatThrownBy(() -> check(HOME, "/etc /home/developer/out\\040put rw"))
                .isInstanceOf(ComputerFailure.class)
                .hasMessageContaining("not isolated as it must be")
                .hasMessageContaining("/etc");
        assertThatThrownBy(() -> check("/srv/computers/other/workspace /home/developer ro", OUTPUT))
                .isInstanceOf(ComputerFailure.class);
    }

    @Test
    void refusesAHomeThatCanBeWritten() {
        assertThatThrownBy(() -> check(HOME.replace(" ro,", " rw,"), OUTPUT)).isInstanceOf(ComputerFailure.class);
    }

    @Test
    void refusesAMountThatIsMissingOrNotMeantOrDouble() {
        assertThatThrownBy(() -> check(HOME)).isInstanceOf(ComputerFailure.class);
        assertThatThrownBy(() -> check(OUTPUT)).isInstanceOf(ComputerFailure.class);
        assertThatThrownBy(() -> check(HOME, OUTPUT, "/etc /home/developer/etc ro"))
                .isInstanceOf(ComputerFailure.class);
        assertThatThrownBy(() -> check(HOME, OUTPUT, OUTPUT)).isInstanceOf(ComputerFailure.class);
    }
}
