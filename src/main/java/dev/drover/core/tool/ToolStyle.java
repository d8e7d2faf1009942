package dev.drover.core.tool;

/**
 * How tools are shown to a model.
 *
 * @param prefix put before every name, as {@code jettson_}
 * @param word the first word of every error, as {@code Jettson}
 */
public record ToolStyle(String prefix, String word) {
    public static final ToolStyle JETTSON = new ToolStyle("jettson_", "Jettson");

    /** Of tools that users made, and named themselves. */
    public static final ToolStyle PLAIN = new ToolStyle("", "Drover");

    /** The name a model and its reader see. */
    public String shown(String tool) {
        return prefix + tool;
    }

    /** The name everything else uses; a name that no tool here has stays as it came. */
    public String core(String shown) {
        return shown.startsWith(prefix) ? shown.substring(prefix.length()) : shown;
    }
}
