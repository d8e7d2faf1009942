package dev.drover.core.credential;

import java.util.List;
import java.util.TreeMap;

/** Secrets that a run has, without a database. */
public final class TestingSecrets {
    private final TreeMap<String, LentSecrets.Lent> lent = new TreeMap<>();

    /** One that may be sent anywhere. */
    public TestingSecrets with(String name, String value) {
        lent.put(name, new LentSecrets.Lent(value, null));
        return this;
    }

    /** One that may be sent to these hosts only. */
    public TestingSecrets with(String name, String value, String... hosts) {
        lent.put(name, new LentSecrets.Lent(value, List.of(hosts)));
        return this;
    }

    public LentSecrets lent() {
        return new LentSecrets(lent);
    }
}
