package dev.drover.provider.computer.docker;

import dev.drover.core.computer.ComputerSpec.Limits;
import dev.drover.core.computer.Layout;

/**
 * What cannot be told of a container by its agent alone.
 *
 * @param layout as the container has it, whose home has the same place for all
 */
record Shape(String image, Limits limits, Layout layout) {
    /** The base image's own home, to which {@code /workspace} is a link there. */
    Shape {
        layout = new Layout(Layout.KEPT.home(), layout.user(), layout.readOnly(), layout.writable(), layout.folders());
    }

    /** Whether a container of this shape can become one of the other while it runs. */
    boolean becomes(Shape other) {
        return image.equals(other.image)
                && layout.equals(other.layout)
                && limits.diskBytes() == other.limits.diskBytes();
    }
}
