package dev.drover.core.setting;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.audit.Audit;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings of the whole server, read anew whenever they are asked for, so that a change acts at once. */
public final class ServerSettings {
    private static final int LONGEST_KEY = 100;
    private static final Set<String> NO = Set.of("false", "0", "no", "off");
    private static final Set<String> YES = Set.of("true", "1", "yes", "on");

    private final SettingStore store;
    private final Audit audit;
    private final Clock clock;

    public ServerSettings(SettingStore store, Audit audit, Clock clock) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether the switch is on; one that was set to neither stands as it came. */
    public boolean isOn(Switch which) {
        return store.find(which.key())
                .map(setting -> isOn(which.usual(), setting.value()))
                .orElseGet(which::usual);
    }

    private static boolean isOn(boolean usual, String value) {
        String word = value.strip().toLowerCase(Locale.ROOT);
        return usual ? !NO.contains(word) : YES.contains(word);
    }

    /** What is set, or what a switch stands at of itself; empty for a key that nobody knows. */
    public Optional<Setting> find(String key) {
        return store.find(key)
                .or(() -> Switch.of(key).map(which -> new Setting(key, String.valueOf(which.usual()), null)));
    }

    /**
     * How all settings stand: the switches, then those of other rooms, then what else somebody set.
     *
     * @param more settings that mean something to other rooms
     */
    public List<SettingState> states(List<KnownSetting> more) {
        Map<String, Setting> set = new TreeMap<>();
        store.all().forEach(setting -> set.put(setting.key(), setting));
        List<SettingState> states = Stream.concat(Switch.known().stream(), more.stream())
                .map(known -> state(known, set.remove(known.key())))
                .collect(Collectors.toCollection(ArrayList::new));
        set.values().forEach(setting -> states.add(new SettingState(setting.key(), null, null, setting.changedAt())));
        return states;
    }

    /** A switch shows as it acts, whatever was written into it. */
    private static SettingState state(KnownSetting known, @Nullable Setting set) {
        if (set == null) {
            return new SettingState(known.key(), known, known.usual(), null);
        }
        String value = known.isSwitch() ? String.valueOf(isOn(known.usual().equals("true"), set.value())) : set.value();
        return new SettingState(known.key(), known, value, set.changedAt());
    }

    /** Sets it, whether or not the key means anything here. */
    public Setting put(String actor, String key, String value) {
        refuseUnlessFit(key);
        Setting setting = new Setting(key, value, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        store.put(key, value, clock.instant());
        audit.record(actor, "setting.put", key, "");
        return setting;
    }

    /** Afterwards it is as it came; whether it had been set. */
    public boolean delete(String actor, String key) {
        boolean deleted = store.delete(key);
        if (deleted) {
            audit.record(actor, "setting.delete", key, "");
        }
        return deleted;
    }

    private static void refuseUnlessFit(String key) {
        if (key.isBlank() || key.length() > LONGEST_KEY || key.indexOf('\0') >= 0) {
            throw new Refused(new Problem.Unacceptable(
                    "A setting's key has 1 to %d characters and no NUL".formatted(LONGEST_KEY)));
        }
    }
}
