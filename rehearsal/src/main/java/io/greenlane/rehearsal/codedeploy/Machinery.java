package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.cloud.Timeline;

/** What every deployment works with. */
record Machinery(
        Timeline timeline, TaskSets taskSets, Traffic traffic, Hooks hooks, AlarmWatch alarms,
        Announcements announcements, CodeDeployBehaviour behaviour) {}
