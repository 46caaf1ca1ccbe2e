package io.greenlane.release;

import io.greenlane.json.JsonObject;
import io.greenlane.release.Announcements.Announcement;
import io.greenlane.release.Ledger.Change;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Announces recorded outcomes, and what was done by hand: the duty is written together with it, the channel is used after that, and
 * only then the duty is struck off. A crash between can announce twice, under the same id, but never not at all.
 */
public final class Outbox {
    private static final int LONGEST_SUBJECT = 99;

    private final Ledger ledger;
    private final Announcements announcements;
    private final Clock clock;

    public Outbox(Ledger ledger, Announcements announcements, Clock clock) {
        this.ledger = ledger;
        this.announcements = announcements;
        this.clock = clock;
    }

    /**
     * Announces the ending of an entry, or what was done to it by hand, if that is still to be done.
     *
     * @return false when the channel could not take it now
     */
    public boolean announce(String entryId) {
        Entry entry = ledger.find(entryId);
        List<Act> acts = Acts.of(entry).stream().filter(act -> act.announcedAt() == null).toList();
        if (entry != null && !acts.isEmpty()) {
            return announce(entry, acts);
        }
        Ending ending = EndingEntry.read(entry);
        if (entry == null || ending == null || !ending.awaitsAnnouncement()) {
            return true;
        }
        if (!announcements.publish(announcement(entry, ending))) {
            return false;
        }
        Instant now = clock.instant();
        ledger.change(entryId, stored -> {
            Members members = new Members(stored);
            EndingEntry.put(members, ending.announced(now));
            return Change.write(members.map(), entryId);
        });
        return true;
    }

    private boolean announce(Entry entry, List<Act> acts) {
        for (Act act : acts) {
            if (!announcements.publish(announcement(entry, act))) {
                return false;
            }
        }
        Instant now = clock.instant();
        ledger.change(entry.id(), stored -> {
            Members members = new Members(stored);
            Acts.told(entry.id(), members, acts, now);
            return Change.write(members.map(), entry.id());
        });
        return true;
    }

    private static Announcement announcement(Entry entry, Act act) {
        JsonObject members = new JsonObject(entry.id(), entry.members());
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", "operation-" + ReleaseId.hash(entry.id() + act.kind() + act.at()));
        message.put("operation", act.kind().name());
        message.put("by", act.operator().name());
        message.put("reason", act.operator().reason());
        message.put("at", act.at().toString());
        message.put("sentence", act.sentence());
        message.put("service", entry.members().get("service"));
        if (act.releaseId() != null) {
            message.put("releaseId", act.releaseId());
        }
        return new Announcement(subject(act.kind().name() + service(members) + ": by " + act.operator().name()),
                message);
    }

    private static Announcement announcement(Entry entry, Ending ending) {
        JsonObject members = new JsonObject(entry.id(), entry.members());
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", "outcome-" + ReleaseId.hash(entry.id()));
        message.put("outcome", ending.outcome().name());
        message.put("reason", ending.reason());
        message.put("at", ending.at().toString());
        if (entry.id().startsWith("release#")) {
            message.put("releaseId", entry.id().substring("release#".length()));
        }
        for (String name : new String[]{"service", "push", "execution"}) {
            if (members.members().containsKey(name)) {
                message.put(name, entry.members().get(name));
            }
        }
        if (ending.deploymentId() != null) {
            message.put("deploymentId", ending.deploymentId());
        }
        if (ending.report() != null) {
            message.put("report", ending.report());
        }
        if (ending.aftermath().imageAtFault()) {
            message.put("quarantined", true);
        }
        if (ending.aftermath().rollbackFailed()) {
            message.put("held", true);
        }
        return new Announcement(subject(ending.outcome().name() + service(members) + push(members)), message);
    }

    private static String service(JsonObject members) {
        if (!members.members().containsKey("service")) {
            return "";
        }
        JsonObject service = members.object("service");
        return " " + service.text("application") + "/" + service.text("deploymentGroup");
    }

    private static String push(JsonObject members) {
        if (!members.members().containsKey("push")) {
            return "";
        }
        JsonObject push = members.object("push");
        return ": " + push.text("repository") + ":" + push.text("tag");
    }

    private static String subject(String text) {
        String line = text.replaceAll("[^ -~]", "?");
        return line.length() <= LONGEST_SUBJECT ? line : line.substring(0, LONGEST_SUBJECT - 3) + "...";
    }
}
