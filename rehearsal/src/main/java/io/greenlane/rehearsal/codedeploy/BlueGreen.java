package io.greenlane.rehearsal.codedeploy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.TaskSet;

/**
 * The two sides of a deployment and how far it has got between them. Which target group is blue is found anew for every
 * deployment: the one of the service's primary task set.
 */
final class BlueGreen {
    private final String cluster;
    private final String service;
    private final TargetGroup blueGroup;
    private final TargetGroup greenGroup;
    private final TaskSet blue;
    private final String productionListener;
    private final @Nullable String testListener;
    private @Nullable TaskSet green;
    private int greenPercent;
    private boolean greenIsPrimary;

    /** A target group of the pair. */
    record TargetGroup(String name, String arn) {}

    /** Both sides before anything has happened. */
    BlueGreen(String cluster, String service, TargetGroup blueGroup, TargetGroup greenGroup, TaskSet blue,
            String productionListener, @Nullable String testListener) {
        this.cluster = cluster;
        this.service = service;
        this.blueGroup = blueGroup;
        this.greenGroup = greenGroup;
        this.blue = blue;
        this.productionListener = productionListener;
        this.testListener = testListener;
    }

    String cluster() {
        return cluster;
    }

    String service() {
        return service;
    }

    TargetGroup blueGroup() {
        return blueGroup;
    }

    TargetGroup greenGroup() {
        return greenGroup;
    }

    TaskSet blue() {
        return blue;
    }

    /** The task set of this deployment, once it exists. */
    Optional<TaskSet> green() {
        return Optional.ofNullable(green);
    }

    void greenIs(TaskSet created) {
        green = created;
    }

    String productionListener() {
        return productionListener;
    }

    Optional<String> testListener() {
        return Optional.ofNullable(testListener);
    }

    /** Percent of production traffic that green gets. */
    int greenPercent() {
        return greenPercent;
    }

    void shifted(int percentToGreen) {
        greenPercent = percentToGreen;
    }

    boolean isGreenPrimary() {
        return greenIsPrimary;
    }

    void primaryIsGreen(boolean isGreen) {
        greenIsPrimary = isGreen;
    }
}
