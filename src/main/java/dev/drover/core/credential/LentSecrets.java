package dev.drover.core.credential;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The secrets that one run may use, with their values: those named when its agent was spawned. */
public final class LentSecrets {
    public static final LentSecrets NONE = new LentSecrets(new TreeMap<>());

    private static final Pattern PLACE = Pattern.compile("\\{\\{secret\\.(" + PutSecret.NAME + ")}}");

    private final SortedMap<String, Lent> byName;
    private final Mask mask;

    LentSecrets(SortedMap<String, Lent> byName) {
        this(byName, Map.of());
    }

    private LentSecrets(SortedMap<String, Lent> byName, Map<String, String> others) {
        this.byName = byName;
        Map<String, String> values = new HashMap<>(others);
        values.putAll(environment());
        this.mask = new Mask(values);
    }

    /** The same secrets, where the mask hides other values as well. */
    public LentSecrets hiding(Map<String, String> others) {
        return others.isEmpty() ? this : new LentSecrets(byName, others);
    }

    /** Hides their values. */
    public Mask mask() {
        return mask;
    }

    public Set<String> names() {
        return byName.keySet();
    }

    /** The variables of the shell. */
    public Map<String, String> environment() {
        return byName.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().value()));
    }

    /** Puts values in the places of {@code {{secret.NAME}}}; whether they may be sent is another question. */
    public Filled fill(String text) throws SecretWithheld {
        Set<String> names = PLACE.matcher(text)
                .results()
                .map(place -> place.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (String name : names) {
            if (!byName.containsKey(name)) {
                throw new SecretWithheld("there is no secret " + name + " for this run; it has "
                        + (byName.isEmpty() ? "none" : String.join(", ", byName.keySet())));
            }
        }
        return new Filled(PLACE.matcher(text).replaceAll(this::quoted), names);
    }

    private String quoted(MatchResult place) {
        Lent lent = byName.get(place.group(1));
        return Matcher.quoteReplacement(lent == null ? place.group() : lent.value());
    }

    /** Lets secrets go to a host (lower case, no trailing dot), or not. */
    public void allow(Collection<String> names, String host) throws SecretWithheld {
        for (String name : names) {
            Lent lent = byName.get(name);
            List<String> hosts = lent == null ? null : lent.hosts();
            if (hosts != null && !hosts.contains(host)) {
                throw new SecretWithheld("the secret " + name + " may not be sent to " + host + "; it is for "
                        + (hosts.isEmpty() ? "no host" : String.join(", ", hosts)));
            }
        }
    }

    /** A text with values in it, and the names of those. */
    public record Filled(String text, Set<String> names) {}

    /**
     * One value.
     *
     * @param hosts where it may be sent to; null for anywhere
     */
    record Lent(String value, @Nullable List<String> hosts) {}
}
