package io.greenlane.rehearsal.container;

import java.io.Serial;

/** A container could not be pulled or started; the message is the reason as ECS words it. */
final class ContainerFault extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    ContainerFault(String message) {
        super(message);
    }

    static ContainerFault cannotPull(String image, String why) {
        return new ContainerFault("CannotPullContainerError: failed to resolve ref " + image + ": " + why);
    }

    static ContainerFault cannotStart(String why) {
        return new ContainerFault("CannotStartContainerError: " + why);
    }
}
