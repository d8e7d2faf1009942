package dev.drover.core.run;

/**
 * An event as it lies in its log.
 *
 * @param label the line that it adds to the short story
 * @param payload what it says, as JSON
 * @param digest over it and all before it
 */
record LogLine(Event event, String label, String payload, Digest digest) {
    /** @param end of the log without it */
    static LogLine of(LogEnd end, Event event, EventCodec codec) {
        String label = storable(Labels.of(event.entry()));
        String payload = codec.write(event.entry()).text();
        return new LogLine(event, label, payload, Digest.of(end.digest(), event, label, payload));
    }

    /** A model or a vendor may say anything; PostgreSQL takes any character but this one. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    String kind() {
        return EventKind.of(event.entry()).word();
    }
}
