package dev.drover.api.console;

import dev.drover.core.model.Usage;
import dev.drover.core.run.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a run's time and tokens went, one bar after the other, and the same by model. */
record ConsoleSpans(List<Bar> data, List<Model> models) {
    /**
     * @param kind model, tool or waiting
     * @param seq the event that it began with
     * @param from in milliseconds, as {@code until}, which is null while it lasts
     * @param tokens null for what is no call of a model
     */
    record Bar(
            String kind,
            long seq,
            String name,
            long from,
            @Nullable Long until,
            ConsoleDetail.@Nullable Tokens tokens,
            boolean failed) {
        static Bar of(Span span) {
            return new Bar(
                    ConsoleEvents.word(span.kind()),
                    span.seq(),
                    span.name(),
                    span.from().toEpochMilli(),
                    span.until() == null ? null : span.until().toEpochMilli(),
                    span.kind() == Span.Kind.MODEL ? ConsoleDetail.Tokens.of(span.usage()) : null,
                    span.failed());
        }
    }

    /** What one model was asked for. */
    record Model(String model, int calls, ConsoleDetail.Tokens tokens) {}

    static ConsoleSpans of(List<Span> spans) {
        Map<String, List<Span>> byModel = spans.stream()
                .filter(span -> span.kind() == Span.Kind.MODEL)
                .collect(Collectors.groupingBy(Span::name, LinkedHashMap::new, Collectors.toList()));
        return new ConsoleSpans(
                spans.stream().map(Bar::of).toList(),
                byModel.entrySet().stream()
                        .map(entry -> model(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static Model model(String name, List<Span> calls) {
        Usage all = calls.stream().map(Span::usage).reduce(Usage.NONE, Usage::plus);
        return new Model(name, calls.size(), ConsoleDetail.Tokens.of(all));
    }
}
