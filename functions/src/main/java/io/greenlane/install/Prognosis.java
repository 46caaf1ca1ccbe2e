package io.greenlane.install;

import io.greenlane.install.Fault.Kind;
import java.util.Collection;

/** Whether green can still become healthy, judged by its tasks that stopped. */
public sealed interface Prognosis {
    /** It can, as far as its tasks tell. */
    record Open(String sentence) implements Prognosis {}

    /**
     * It can not. The sentence names the cause.
     *
     * @param imageRan whether tasks ran the image and failed; those that never ran say nothing about it
     */
    record Hopeless(String sentence, boolean imageRan) implements Prognosis {}

    /**
     * Judges the stopped tasks of one task set. Hopeless takes two things: enough failed tasks, as many as their kinds of fault
     * ask for and half of what is wanted; and among them one that ECS started after another had failed, so that a retry has had
     * its chance. An image that cannot be pulled does not ask for the half: there is only the one image.
     *
     * @param desired how many tasks the task set wants
     */
    static Prognosis of(Collection<StoppedTask> tasks, int desired) {
        FailedTasks failed = FailedTasks.among(tasks);
        FailedTasks withoutImage = failed.of(Kind.IMAGE);
        if (withoutImage.count() >= Kind.IMAGE.tasks() && withoutImage.showRetry()) {
            return new Hopeless(withoutImage.sentence(), false);
        }
        return failed.count() >= Math.max(failed.asked(), (desired + 1) / 2) && failed.showRetry()
                ? new Hopeless(failed.sentence(), failed.ran())
                : new Open(failed.count() == 0 ? "No task of green has failed." : "So far: " + failed.sentence());
    }
}
