package io.greenlane.gate;

import io.greenlane.gate.Finding.Blocked;
import io.greenlane.gate.Finding.Passed;
import io.greenlane.image.Platforms;
import io.greenlane.taskdefinition.CpuArchitecture;
import org.jspecify.annotations.Nullable;

/** The image has the processor that the task runs on. */
public record Platform() implements Gate {
    static final String GATE = "platform";

    @Override
    public String name() {
        return GATE;
    }

    @Override
    public String sentence() {
        return "platform: the image is built for the processor of the task";
    }

    /**
     * Judges an image.
     *
     * @param task what the task definition that production runs asks for; null when it leaves that to the instances
     */
    Finding judge(@Nullable CpuArchitecture task, Platforms image) {
        if (task == null) {
            return new Passed(GATE, "the task definition names no processor");
        }
        if (image.architectures().contains(task.ofImages())) {
            return new Passed(GATE, "the image is built for " + task.ofImages());
        }
        return new Blocked(GATE,
                "tasks of this service run on linux/" + task.ofImages() + ", and the image is built for "
                        + image + " only: build it for linux/" + task.ofImages() + " too and push it again");
    }
}
