package io.greenlane.release;

import io.greenlane.json.JsonObject;
import io.greenlane.release.Announcements.Announcement;
import io.greenlane.release.Ledger.Change;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Announces recorded outcomes: the duty is written together with the outcome, the channel is used after that, and only then the
 * duty is struck off. A crash between can announce twice, under the same id, but never not at all.
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
     * Announces the ending of an entry if that is still to be done.
     *
     * @return false when the channel could not take it now
     */
    public boolean announce(String entryId) {
        Entry entry = ledger.find(entryId);
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
        return new Announcement(subject(members, ending), message);
    }

    private static String subject(JsonObject members, Ending ending) {
        StringBuilder subject = new StringBuilder(ending.outcome().name());
        if (members.members().containsKey("service")) {
            JsonObject service = members.object("service");
            subject.append(' ').append(service.text("application")).append('/').append(
                    service.text("deploymentGroup"));
        }
        if (members.members().containsKey("push")) {
            JsonObject push = members.object("push");
            subject.append(": ").append(push.text("repository")).append(':').append(push.text("tag"));
        }
        String line = subject.toString().replaceAll("[^ -~]", "?");
        return line.length() <= LONGEST_SUBJECT ? line : line.substring(0, LONGEST_SUBJECT - 3) + "...";
    }
}
