package io.greenlane.rehearsal.loadbalancing;

import java.util.List;
import java.util.random.RandomGenerator;

/** What a listener does with a request. */
sealed interface RoutingAction {
    /** Sends it to one of several target groups, by weight. */
    record Forward(List<Weighted> groups) implements RoutingAction {
        /** Picks a group; the last one when every weight is 0, whose emptiness then shows as 503. */
        Upstream choose(RandomGenerator random) {
            int total = groups.stream().mapToInt(Weighted::weight).sum();
            if (total == 0) {
                return groups.getLast().group();
            }
            int ticket = random.nextInt(total);
            for (Weighted candidate : groups) {
                ticket -= candidate.weight();
                if (ticket < 0) {
                    return candidate.group();
                }
            }
            throw new IllegalStateException("Weights changed while being read: " + groups);
        }
    }

    /**
     * A target group and its share.
     *
     * @param weight 0 to 999, relative to the other groups
     */
    record Weighted(Upstream group, int weight) {}

    /** Answers by itself. */
    record FixedResponse(int status, String contentType, String body) implements RoutingAction {}

    /** Sends the client elsewhere; the members may hold the placeholders of the ALB guide, for example {@code #{host}}. */
    record Redirect(int status, String protocol, String host, String port, String path,
            String query) implements RoutingAction {
        /** The Location header for a request that came in over HTTP. */
        String location(RequestHead request, int listenerPort) {
            String location = "%s://%s:%s%s".formatted(protocol, host, port, path)
                    + (query.isEmpty() ? "" : "?" + query);
            location = location.replace("#{protocol}", "http").replace("#{host}", request.host())
                    .replace("#{port}", Integer.toString(listenerPort))
                    .replace("/#{path}", request.path()).replace("#{path}", request.path())
                    .replace("#{query}", request.query());
            return location.endsWith("?") ? location.substring(0, location.length() - 1) : location;
        }
    }
}
