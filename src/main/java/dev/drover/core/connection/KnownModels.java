package dev.drover.core.connection;

import dev.drover.core.model.ListedModel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** What vendors publish of models, by their names; the first line that fits counts. */
final class KnownModels {
    /** More than this nobody wants of one answer unless they say so. */
    static final int USUAL_OUTPUT = 8_192;

    private static final List<Known> ALL = List.of(
            known("claude-3-(opus|sonnet|haiku).*", 200_000, 4_096),
            known("claude.*", 200_000, USUAL_OUTPUT),
            known("gpt-5.*", 400_000, USUAL_OUTPUT),
            known("gpt-4\\.1.*", 1_000_000, USUAL_OUTPUT),
            known("gpt-4-turbo.*", 128_000, 4_096),
            known("(gpt-4o|chatgpt-4o).*", 128_000, USUAL_OUTPUT),
            known("gpt-4.*", 8_192, 4_096),
            known("gpt-3\\.5.*", 16_385, 4_096),
            known("o[134](-.*)?", 128_000, USUAL_OUTPUT),
            known("gpt-oss.*", 128_000, USUAL_OUTPUT),
            known("gemini.*", 1_000_000, USUAL_OUTPUT),
            known("(mistral-(large|medium|small)|magistral|ministral|codestral|pixtral).*", 128_000, USUAL_OUTPUT),
            known("command-a.*", 256_000, USUAL_OUTPUT),
            known("command-r.*", 128_000, 4_096),
            known("llama-?3\\.[1-3].*", 128_000, USUAL_OUTPUT),
            known("grok-[4-9].*", 256_000, USUAL_OUTPUT),
            known("grok.*", 128_000, USUAL_OUTPUT));

    private KnownModels() {}

    static boolean know(String model) {
        return find(model).isPresent();
    }

    /** What is known, and what the vendor tells; of a context nobody knows, an answer takes a quarter at most. */
    static Size size(ListedModel model, int contextOfUnknown) {
        int context = Objects.requireNonNullElse(model.contextTokens(), contextOfUnknown);
        Size size = find(model.name()).orElseGet(() -> Size.within(context));
        int output = size.outputTokens();
        return new Size(
                Objects.requireNonNullElse(model.contextTokens(), size.contextTokens()),
                Math.min(output, Objects.requireNonNullElse(model.outputTokens(), output)));
    }

    private static Optional<Size> find(String model) {
        String plain = model.substring(model.lastIndexOf('/') + 1);
        return ALL.stream()
                .filter(known -> known.name().matcher(plain).matches())
                .map(Known::size)
                .findFirst();
    }

    private static Known known(String name, int context, int output) {
        return new Known(Pattern.compile(name, Pattern.CASE_INSENSITIVE), new Size(context, output));
    }

    record Size(int contextTokens, int outputTokens) {
        static Size within(int context) {
            return new Size(context, Math.min(USUAL_OUTPUT, Math.max(1, context / 4)));
        }
    }

    private record Known(Pattern name, Size size) {}
}
