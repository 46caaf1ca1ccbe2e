package io.greenlane.release;

import java.util.Map;

/** Where people hear of outcomes. */
public interface Announcements {
    /**
     * Publishes one announcement; publishing it again is harmless, receivers know it by its id.
     *
     * @return false when the channel could not take it now; the sweep tries again
     */
    boolean publish(Announcement announcement);

    /**
     * One outcome, told to people and programs.
     *
     * @param subject one line of fewer than 100 printable ASCII characters
     * @param message members of a JSON object; {@code id} is the same each time this outcome is told
     */
    record Announcement(String subject, Map<String, Object> message) {}
}
