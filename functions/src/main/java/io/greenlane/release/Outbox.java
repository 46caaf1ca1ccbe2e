package io.greenlane.release;

import io.greenlane.image.Push;
import io.greenlane.json.JsonObject;
import io.greenlane.release.Announcements.Announcement;
import io.greenlane.release.Ledger.Change;
import io.greenlane.service.ServiceReference;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Announces recorded outcomes, what was done by hand, and what others changed: the duty is written together with it, the channel is used after that, and
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
     * Announces what an entry has to tell: how it ended, what was done to it by hand, what differs; if that is still to be done.
     *
     * @return false when the channel could not take it now
     */
    public boolean announce(String entryId) {
        Entry entry = ledger.find(entryId);
        return entry == null || (announceActs(entry) && announceDrifts(entry) && announceEnding(entry));
    }

    private boolean announceEnding(Entry entry) {
        Ending ending = EndingEntry.read(entry);
        if (ending == null || !ending.awaitsAnnouncement()) {
            return true;
        }
        if (!announcements.publish(announcement(entry, ending))) {
            return false;
        }
        Instant now = clock.instant();
        ledger.change(entry.id(), stored -> {
            Members members = new Members(stored);
            EndingEntry.put(members, ending.announced(now));
            return Change.write(members.map(), entry.id());
        });
        return true;
    }

    private boolean announceDrifts(Entry entry) {
        List<Drift> due = DriftEntry.read(entry).stream().filter(Drift::awaitsAnnouncement).toList();
        if (due.isEmpty()) {
            return true;
        }
        for (Drift drift : due) {
            if (!announcements.publish(announcement(entry, drift))) {
                return false;
            }
        }
        Instant now = clock.instant();
        ledger.change(entry.id(),
                stored -> Change.write(DriftEntry.announced(stored == null ? entry : stored, due, now), entry.id()));
        return true;
    }

    private boolean announceActs(Entry entry) {
        List<Act> acts = Acts.untold(entry.id(), entry.members());
        if (acts.isEmpty()) {
            return true;
        }
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
        message.put("service", serviceOf(members));
        if (act.releaseId() != null) {
            message.put("releaseId", act.releaseId());
        }
        return new Announcement(subject(act.kind().name() + service(members) + ": by " + act.operator().name()),
                message);
    }

    private static Announcement announcement(Entry entry, Drift drift) {
        Difference difference = drift.difference();
        JsonObject members = new JsonObject(entry.id(), entry.members());
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", "drift-"
                + ReleaseId.hash(entry.id() + difference.kind() + difference.found() + drift.since()));
        message.put("drift", difference.kind().name());
        message.put("expected", difference.expected());
        message.put("found", difference.found());
        message.put("since", drift.since().toString());
        message.put("sentence", difference.sentence());
        message.put("service", serviceOf(members));
        return new Announcement(subject("DRIFT" + service(members) + ": " + difference.kind()), message);
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
        String groupRelease = GroupReleases.idOf(entry.id());
        if (groupRelease != null) {
            message.put("groupReleaseId", groupRelease);
        }
        for (String name : new String[]{"group", "execution"}) {
            if (members.members().containsKey(name)) {
                message.put(name, members.text(name));
            }
        }
        if (members.members().containsKey("service")) {
            message.put("service", serviceOf(members));
        }
        if (members.members().containsKey("push")) {
            message.put("push", Push.from(members.object("push")).members());
        }
        if (ending.deploymentId() != null) {
            message.put("deploymentId", ending.deploymentId());
            List<OverriddenGate> overridden = ReleaseEntry.overridden(members);
            if (!overridden.isEmpty()) {
                message.put(ReleaseEntry.OVERRIDDEN, overridden.stream().map(OverriddenGate::members).toList());
            }
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

    /** As this version knows it: a newer one may have written more. */
    private static Map<String, Object> serviceOf(JsonObject members) {
        return ServiceReference.from(members.object("service")).members();
    }

    private static String service(JsonObject members) {
        String group = members.optionalText("group");
        if (!members.members().containsKey("service")) {
            return group == null ? "" : " group " + group;
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

    /** A subject as SNS takes it. */
    static String subject(String text) {
        String line = text.replaceAll("[^ -~]", "?");
        return line.length() <= LONGEST_SUBJECT ? line : line.substring(0, LONGEST_SUBJECT - 3) + "...";
    }
}
