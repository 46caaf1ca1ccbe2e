package io.greenlane.release;

import io.greenlane.image.Push;
import io.greenlane.json.JsonObject;
import io.greenlane.service.ServiceReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a release stands in the ledger. */
final class ReleaseEntry {
    /** How long nobody needs to look after an open release: longer than any heartbeat of the workflow. */
    static final Duration PATIENCE = Duration.ofMinutes(30);

    /** Gates that were overridden for the release; where there are none, the member is missing. */
    static final String OVERRIDDEN = "overriddenGates";

    private ReleaseEntry() {}

    static String id(String releaseId) {
        return "release#" + releaseId;
    }

    static Release read(Entry entry) {
        JsonObject members = new JsonObject(entry.id(), entry.members());
        Map<?, ?> launch = members.object("launch").members();
        JsonObject launched = members.object("launch");
        return new Release(entry.id().substring("release#".length()), Push.from(members.object("push")),
                ServiceReference.from(members.object("service")), Members.number(entry.members(), "generation"),
                members.text("execution"), Members.texts(entry.members(), "eventIds"),
                Instant.parse(members.text("openedAt")), Instant.parse(members.text("lookedAt")),
                new Launch(Members.number(launch, "look"), launched.optionalText("token"),
                        Members.number(launch, "attempt"), launched.optionalText("taskDefinition"),
                        launched.optionalText("appSpec"), Members.time(launched.optionalText("sentAt")),
                        launched.optionalText("deploymentId"), Members.time(launched.optionalText("shiftedAt")),
                        launch.get("desiredCount") instanceof Number count ? count.intValue() : null),
                EndingEntry.read(entry), members.optionalText("groupRelease"), overridden(members));
    }

    static List<OverriddenGate> overridden(JsonObject members) {
        return members.objects(OVERRIDDEN).stream().map(OverriddenGate::from).toList();
    }

    static Map<String, Object> write(Release release, @Nullable Entry before) {
        Launch launch = release.launch();
        Members members = new Members(before).put(release.service());
        members.put("push", members.in("push").putAll(release.push().members())).put("generation", release.generation())
                .put("execution", release.execution()).put("eventIds", release.eventIds())
                .put("groupRelease", release.groupRelease()).put("openedAt", release.openedAt())
                .put("lookedAt", release.lookedAt())
                .put("launch", members.in("launch").put("look", launch.look()).put("token", launch.token())
                        .put("attempt", launch.attempt()).put("taskDefinition", launch.taskDefinition())
                        .put("appSpec", launch.appSpec()).put("sentAt", launch.sentAt())
                        .put("deploymentId", launch.deploymentId()).put("shiftedAt", launch.shiftedAt())
                        .put("desiredCount", launch.desiredCount()));
        members.putObjects(OVERRIDDEN, release.overridden().stream().map(OverriddenGate::members).toList());
        Ending ending = release.ending();
        if (ending == null) {
            EndingEntry.openUntil(members, release.lookedAt().plus(PATIENCE));
        } else {
            EndingEntry.put(members, ending);
        }
        return members.map();
    }
}
