package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

final class SettingsFlagsTest {
    @Test
    void everySettingOfOursThatIsNoSecretHasAFlagOfItsName() {
        List<String> flags = SettingsFlags.command(given -> CommandSpec.create()).getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .toList();
        List<String> settings = Settings.read(Map.of(), Map.of("HOME", "/home/me")).shown().keySet().stream()
                .filter(name -> name.startsWith("DROVER_") && !name.endsWith("_KEY") && !name.endsWith("_PASSWORD"))
                .filter(name -> !name.endsWith("_SECRET"))
                .map(Settings::flag)
                .toList();
        assertThat(flags).containsAll(settings);
        assertThat(flags).contains("--plan-concurrent", "--plan-memories");
    }
}
