package io.greenlane.rehearsal.cloud;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What happened in the local cloud, in order: the one list that terminal, page and tests show in their own way. */
public final class Journal {
    private final Timeline timeline;
    private final List<Consumer<Entry>> readers = new CopyOnWriteArrayList<>();

    public Journal(Timeline timeline) {
        this.timeline = timeline;
    }

    /** Calls the reader with every entry from now on, inside the turn that wrote it; the reader must not block. */
    public void follow(Consumer<Entry> reader) {
        readers.add(reader);
    }

    /**
     * Writes an entry.
     *
     * @param service the AWS service it happened in, as in its ARNs: {@code codedeploy}, {@code ecs}, {@code states}
     * @param kind what kind of thing happened, in AWS's words where it has some: {@code LifecycleEventStarted}
     * @param subject the id or name of what it happened to: a deployment id, an execution name, a service
     * @param facts details by name, in AWS's words; no secrets
     * @param sentence the same for a person
     */
    public void write(String service, String kind, String subject, Map<String, String> facts, String sentence) {
        Entry entry = new Entry(timeline.now(), service, kind, subject, Map.copyOf(facts), sentence);
        readers.forEach(reader -> reader.accept(entry));
    }

    /** One thing that happened. */
    public record Entry(
            Instant time, String service, String kind, String subject, Map<String, String> facts, String sentence) {}
}
