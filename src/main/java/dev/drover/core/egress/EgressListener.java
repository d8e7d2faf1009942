package dev.drover.core.egress;

/** Hears every decision of one guard, from any thread. */
public interface EgressListener {
    EgressListener NONE = new EgressListener() {
        @Override
        public void allowed(Destination destination) {}

        @Override
        public void denied(String target, String reason) {}
    };

    void allowed(Destination destination);

    /** The target is as the caller wrote it, shortened to one line. */
    void denied(String target, String reason);
}
