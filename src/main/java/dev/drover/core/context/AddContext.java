package dev.drover.core.context;

import dev.drover.core.id.AgentId;
import java.nio.file.Path;

/**
 * The wish to give an agent a file.
 *
 * @param source the field that the bytes came in, which a refusal of them names
 * @param bytes where they lie for as long as the call takes
 */
public record AddContext(AgentId agent, String name, FileType type, boolean temporary, String source, Path bytes) {}
