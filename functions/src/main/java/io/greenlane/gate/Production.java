package io.greenlane.gate;

import java.util.List;

/**
 * What production of a service runs.
 *
 * @param revision the task definition with its number: {@code api:12}
 * @param images of its containers that follow the repository, as the task definition names them
 */
public record Production(String revision, List<String> images) {
    public Production {
        images = List.copyOf(images);
    }
}
