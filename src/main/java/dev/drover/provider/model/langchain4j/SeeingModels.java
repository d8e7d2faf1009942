package dev.drover.provider.model.langchain4j;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of models that are known to take pictures, wherever they run. */
final class SeeingModels {
    private static final Pattern KNOWN =
            Pattern.compile("(.*/)?(gpt-4o|gpt-4\\.1|gpt-[5-9]|chatgpt|o[134](-|$)|claude|gemini).*"
                    + "|.*(vision|llava|pixtral|moondream|internvl|minicpm-v|llama-?4|gemma-?3|[-.0-9]vl([-:]|$)).*");

    private SeeingModels() {}

    static boolean know(String model) {
        return KNOWN.matcher(model.toLowerCase(Locale.ROOT)).matches();
    }
}
