package dev.drover.provider.tool.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.model.Picture;
import dev.drover.core.tool.ToolAnswer;
import dev.drover.provider.tool.ToolJson;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a server's tool gave, as {@code text}, {@code structured_content} and pictures. */
final class McpResult {
    /** Those that all vendors take. */
    private static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private static final int LARGEST_PICTURE = 2 << 20;
    private static final int MOST_PICTURES = 3;

    private final List<String> texts = new ArrayList<>();
    private final List<Picture> pictures = new ArrayList<>();

    private McpResult() {}

    static ToolAnswer of(McpSchema.CallToolResult result) throws McpFailure {
        McpResult read = new McpResult();
        if (result.content() != null) {
            result.content().forEach(read::take);
        }
        String text = String.join("\n", read.texts);
        if (Boolean.TRUE.equals(result.isError())) {
            throw new McpFailure(text.isBlank() ? "the tool failed and did not say why" : text);
        }
        ObjectNode output = ToolJson.object().put("text", text);
        if (result.structuredContent() != null) {
            output.set("structured_content", McpJson.INSTANCE.convertValue(result.structuredContent(), JsonNode.class));
        }
        return new ToolAnswer(ToolJson.write(output), read.pictures);
    }

    private void take(McpSchema.Content content) {
        switch (content) {
            case McpSchema.TextContent text -> texts.add(text.text());
            case McpSchema.ImageContent image -> show(image);
            case McpSchema.EmbeddedResource embedded
            when embedded.resource() instanceof McpSchema.TextResourceContents resource ->
                texts.add(resource.uri() + ":\n" + resource.text());
            case McpSchema.ResourceLink link -> texts.add("(a link to " + link.name() + ": " + link.uri() + ")");
            default -> texts.add("(a part of type " + content.type() + ", which is not shown)");
        }
    }

    private void show(McpSchema.ImageContent image) {
        Picture picture = new Picture(image.mimeType(), image.data());
        boolean fits = PICTURES.contains(picture.mediaType())
                && picture.bytes() <= LARGEST_PICTURE
                && pictures.size() < MOST_PICTURES;
        if (fits) {
            pictures.add(picture);
        }
        texts.add("(an image of " + picture.bytes() + " bytes, "
                + (fits ? "shown to models that can see)" : "too large, too many or of another type to be shown)"));
    }
}
