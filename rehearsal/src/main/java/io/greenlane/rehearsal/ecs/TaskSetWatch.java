package io.greenlane.rehearsal.ecs;

import io.greenlane.rehearsal.cloud.Timeline;

/** Tells a service of the same local cloud what becomes of a task set, so that it need not poll DescribeTaskSets. */
public interface TaskSetWatch {
    /**
     * Runs the action once, in a turn of its own, as soon as the task set's stabilityStatus is STEADY_STATE, which may be now.
     * Nothing happens when it never is, or when the task set is deleted first.
     */
    Timeline.Alarm whenSteady(String taskSetArn, Runnable action);

    /** Runs the action, in a turn of its own, each time that the task set is to have another number of tasks. */
    Timeline.Alarm whenScaled(String taskSetArn, Runnable action);

    /** Runs the action once, in a turn of its own, as soon as the task set does not exist and its last task has stopped. */
    Timeline.Alarm whenGone(String taskSetArn, Runnable action);
}
