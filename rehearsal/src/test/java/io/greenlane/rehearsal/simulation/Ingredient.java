package io.greenlane.rehearsal.simulation;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import io.greenlane.rehearsal.release.CallFault;
import io.greenlane.rehearsal.release.FunctionCall;
import java.time.Duration;
import java.util.List;

/** One thing that happens in a schedule, or is special about it; a schedule without it is one as well. */
sealed interface Ingredient {
    /** Since the schedule began; zero for what has no time of its own. */
    default Duration at() {
        return Duration.ZERO;
    }

    /**
     * An image is pushed.
     *
     * @param tag its own, or one that moves from an image before
     * @param service the number, from 0, of the one at which the image is what it is; it is good at others of its group
     */
    record Push(Duration at, String tag, Image image, int service) implements Ingredient {
        /** To the only service. */
        Push(Duration at, String tag, Image image) {
            this(at, tag, image, 0);
        }
    }

    /** The push is to several services that are released together, in these waves. */
    record Group(List<Integer> waves) implements Ingredient {}

    /** A call goes wrong. */
    record Fault(FunctionCall call, CallFault what) implements Ingredient {}

    /** What a rule sends to its targets for the n-th time, from 1, does not get there as it should. */
    record Disturbance(String rule, int ordinal, Delivery delivery) implements Ingredient {}

    /** A person does something. */
    record Intervention(Duration at, Action action) implements Ingredient {}

    /**
     * The stack is deployed again, with new code and changed workflows.
     *
     * @param overlap the parameter {@code Overlap} from then on
     */
    record Redeploy(Duration at, String overlap) implements Ingredient {}

    /** CodeDeploy does what AWS does not rule out. */
    record Deviating(Deviation deviation) implements Ingredient {}

    /** What an image is like. */
    enum Image {
        GOOD, BAD_PAGE, CRASHING,
        /** Passes until production has moved to it. */
        BAD_AFTERWARDS
    }

    /** What becomes of an event. */
    enum Delivery {
        LOST, TWICE, LATE
    }

    /** What a person does. */
    enum Action {
        /** Stops the deployment that is under way, with rollback. */
        STOP_DEPLOYMENT,
        /** Deploys the first image again, past the workflow and its hooks. */
        DEPLOY_BY_HAND,
        /** Stops the newest execution of the workflow that is running. */
        STOP_EXECUTION,
        /** Stops the newest execution of the validation that is running. */
        STOP_VALIDATION,
        /** Sends the event of the newest push once more. */
        REPEAT_EVENT,
        /** Gives the image that was pushed last another tag. */
        PUSH_AGAIN,
        /** Deletes the image that was pushed last, unless it serves. */
        DELETE_IMAGE
    }
}
