package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.cloud.Timeline;

/** What every deployment works with. */
record Machinery(
        Timeline timeline, TaskSets taskSets, Traffic traffic, Hooks hooks, AlarmWatch alarms,
        Announcements announcements, CodeDeployBehaviour behaviour) {
    /** Works with these services. */
    static Machinery with(Neighbours neighbours, Timeline timeline, Hooks hooks, Announcements announcements,
            CodeDeployBehaviour behaviour) {
        Traffic traffic = new Traffic(neighbours.loadBalancing());
        return new Machinery(timeline, new TaskSets(neighbours.ecs(), neighbours.taskSets(), traffic), traffic,
                hooks, new AlarmWatch(neighbours.alarms(), timeline), announcements, behaviour);
    }

    /** The same, working with these. */
    Machinery with(Neighbours neighbours) {
        return with(neighbours, timeline, hooks, announcements, behaviour);
    }
}
