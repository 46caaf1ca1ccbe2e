package io.greenlane.image;

import java.util.List;

/**
 * What an image is built for.
 *
 * @param architectures by the names of the OCI image specification, for example {@code amd64}; what is not for Linux is left out
 */
public record Platforms(List<String> architectures) {
    public Platforms {
        architectures = architectures.stream().distinct().sorted().toList();
    }

    /** As it stands in a sentence. */
    @Override
    public String toString() {
        return architectures.isEmpty()
                ? "no platform of Linux"
                : String.join(", ", architectures.stream().map(one -> "linux/" + one).toList());
    }
}
