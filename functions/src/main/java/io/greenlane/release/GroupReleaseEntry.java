package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import io.greenlane.json.JsonObject;
import io.greenlane.release.GroupRelease.End;
import io.greenlane.release.GroupRelease.Failure;
import io.greenlane.release.GroupRelease.Member;
import io.greenlane.release.GroupRelease.Vote;
import io.greenlane.release.GroupRelease.WayBack;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the release of a group stands in the ledger. */
final class GroupReleaseEntry {
    private static final String KIND = "group-release#";

    private GroupReleaseEntry() {}

    static String id(String groupRelease) {
        return KIND + groupRelease;
    }

    static boolean is(String entryId) {
        return entryId.startsWith(KIND);
    }

    static String groupRelease(String entryId) {
        return entryId.substring(KIND.length());
    }

    static GroupRelease read(Entry entry) {
        JsonObject members = new JsonObject(entry.id(), entry.members());
        return new GroupRelease(groupRelease(entry.id()), Push.from(members.object("push")), members.text("group"),
                Members.number(entry.members(), "generation"), members.text("execution"),
                Members.texts(entry.members(), "eventIds"), Instant.parse(members.text("openedAt")),
                Instant.parse(members.text("lookedAt")),
                members.objects("members").stream().map(GroupReleaseEntry::member).toList(),
                Members.number(entry.members(), "cleared"),
                optional(members, "failure", one -> new Failure(one.optionalText("releaseId"), outcome(one),
                        one.text("sentence"))),
                EndingEntry.read(entry));
    }

    static Map<String, Object> write(GroupRelease release, @Nullable Entry before) {
        Failure failure = release.failure();
        Members members = new Members(before);
        members.put("push", members.in("push").putAll(release.push().members())).put("group", release.group())
                .put("generation", release.generation()).put("execution", release.execution())
                .put("eventIds", release.eventIds()).put("openedAt", release.openedAt())
                .put("lookedAt", release.lookedAt())
                .put("members", release.members().stream()
                        .map(member -> map(member, members.in("members", Map.of("releaseId", member.releaseId()))))
                        .toList())
                .put("cleared", release.cleared())
                .put("failure", failure == null
                        ? null
                        : members.in("failure").put("releaseId", failure.releaseId())
                                .put("outcome", failure.outcome().name()).put("sentence", failure.sentence()));
        Ending ending = release.ending();
        if (ending == null) {
            EndingEntry.openUntil(members, release.lookedAt().plus(ReleaseEntry.PATIENCE));
        } else {
            EndingEntry.put(members, ending);
        }
        return members.map();
    }

    private static Member member(JsonObject members) {
        String digest = members.optionalText("before");
        return new Member(ServiceReference.from(members.object("service")), Members.number(members.members(), "wave"),
                members.text("releaseId"), digest == null ? null : new Digest(digest), members.optionalText("token"),
                optional(members, "vote", one -> new Vote(one.text("deploymentId"), one.text("hookExecutionId"),
                        plain(one.object("verdict")))),
                truth(members, "moved"),
                optional(members, "end", one -> new End(outcome(one), truth(one, "rollbackFailed"),
                        truth(one, "noRollback"))),
                optional(members, "wayBack", one -> new WayBack(one.optionalText("execution"), one.text("sentence"),
                        one.optionalText("outcome") == null ? null : outcome(one))));
    }

    private static Map<String, Object> map(Member member, Members members) {
        Vote vote = member.vote();
        End end = member.end();
        WayBack way = member.wayBack();
        return members.put(member.service()).put("wave", member.wave()).put("releaseId", member.releaseId())
                .put("before", member.before() == null ? null : member.before().text()).put("token", member.token())
                .put("vote", vote == null
                        ? null
                        : members.in("vote").put("deploymentId", vote.deploymentId())
                                .put("hookExecutionId", vote.hookExecutionId()).put("verdict", vote.verdict()))
                .put("moved", member.moved() ? true : null)
                .put("end", end == null
                        ? null
                        : members.in("end").put("outcome", end.outcome().name())
                                .put("rollbackFailed", end.rollbackFailed() ? true : null)
                                .put("noRollback", end.noRollback() ? true : null))
                .put("wayBack", way == null
                        ? null
                        : members.in("wayBack").put("execution", way.execution()).put("sentence", way.sentence())
                                .put("outcome", way.outcome() == null ? null : way.outcome().name()))
                .map();
    }

    private static <T> @Nullable T optional(JsonObject members, String name,
            Function<JsonObject, T> reading) {
        return members.members().get(name) == null ? null : reading.apply(members.object(name));
    }

    private static Outcome outcome(JsonObject members) {
        return Outcome.valueOf(members.text("outcome"));
    }

    private static boolean truth(JsonObject members, String name) {
        return Boolean.TRUE.equals(members.members().get(name));
    }

    private static Map<String, Object> plain(JsonObject object) {
        Map<String, Object> plain = new LinkedHashMap<>();
        object.members().forEach((name, value) -> plain.put(String.valueOf(name), value));
        return plain;
    }
}
