package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.image.RepositoryName;
import io.greenlane.json.JsonObject;
import io.greenlane.release.ServiceHead.Newest;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the queue of a service, or of its group, stands in the ledger. */
final class HeadEntry {
    private HeadEntry() {}

    static String id(ServiceReference service) {
        return service.group() == null ? "service#" + service.key() : "group#" + service.group();
    }

    static ServiceHead read(@Nullable Entry entry) {
        if (entry == null) {
            return ServiceHead.IDLE;
        }
        JsonObject members = new JsonObject(entry.id(), entry.members());
        Map<RepositoryName, Newest> newest = new HashMap<>();
        JsonObject byRepository = members.object("newest");
        for (Object name : byRepository.members().keySet()) {
            JsonObject push = byRepository.object(String.valueOf(name));
            newest.put(new RepositoryName(String.valueOf(name)), new Newest(push.text("releaseId"),
                    Instant.parse(push.text("pushedAt")), Members.texts(push.members(), "overtaken")));
        }
        return new ServiceHead(entry.members().containsKey("running") ? turn(members.object("running")) : null,
                members.objects("waiting").stream().map(HeadEntry::turn).toList(), newest,
                members.optionalText("hold"));
    }

    static Map<String, Object> write(ServiceHead head, @Nullable Entry before) {
        Members members = new Members(before);
        Members newest = members.in("newest");
        head.newest().forEach((repository, push) -> newest.put(repository.text(),
                newest.in(repository.text(), Map.of("releaseId", push.releaseId()))
                        .put("releaseId", push.releaseId()).put("pushedAt", push.pushedAt())
                        .put("overtaken", push.overtaken())));
        Turn running = head.running();
        List<Members> waiting = head.waiting().stream().map(turn -> turn(turn, members)).toList();
        return members.put("running", running == null ? null : turn(running, members))
                .put("waiting", waiting.stream().map(Members::map).toList()).put("newest", newest)
                .put("hold", head.hold()).map();
    }

    private static Turn turn(JsonObject members) {
        return new Turn(members.text("releaseId"), new RepositoryName(members.text("repository")),
                new Digest(members.text("digest")), Instant.parse(members.text("pushedAt")),
                members.optionalText("token"), members.optionalText("overtakenBy"),
                Boolean.TRUE.equals(members.members().get("cleared")));
    }

    /** A release that waited and runs now is the same. */
    private static Members turn(Turn turn, Members before) {
        Map<String, Object> same = Map.of("releaseId", turn.releaseId());
        return before.in("waiting", same).putAll(before.in("running", same).map()).put("releaseId", turn.releaseId())
                .put("repository", turn.repository().text()).put("digest", turn.digest().text())
                .put("pushedAt", turn.pushedAt()).put("token", turn.token()).put("overtakenBy", turn.overtakenBy())
                .put("cleared", turn.cleared() ? true : null);
    }
}
