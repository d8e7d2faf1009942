package dev.drover.provider.computer.docker;

import dev.drover.core.computer.ComputerSpec.Limits;
import dev.drover.core.computer.Layout;

/** What cannot be told of a container by its agent alone. */
record Shape(String image, Limits limits, Layout layout) {
    /** Whether a container of this shape can become one of the other while it runs. */
    boolean becomes(Shape other) {
        return image.equals(other.image)
                && layout.equals(other.layout)
                && limits.diskBytes() == other.limits.diskBytes();
    }
}
