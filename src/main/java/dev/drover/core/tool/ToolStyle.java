package dev.drover.core.tool;

/**
 * How tools are shown to a model.
 *
 * @param prefix put before every name, as {@code jettson_}
 * @param word the first word of every error, as {@code Jettson}
 */
public record ToolStyle(String prefix, String word) {
    public static final ToolStyle JETTSON = new ToolStyle("jettson_", "Jettson");
}
