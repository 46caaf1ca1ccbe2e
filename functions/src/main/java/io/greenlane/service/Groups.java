package io.greenlane.service;

import io.greenlane.json.JsonObject;
import io.greenlane.json.Quote;
import io.greenlane.service.TrackedService.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What settings say of groups: services that one push reaches together or not at all. */
final class Groups {
    private static final String GROUP = "group";
    private static final String WAVE = "wave";
    private static final int FEWEST = 2;
    private static final int MOST = 10;

    private Groups() {}

    /** The place of a service in its group; empty when it is in none. */
    static Optional<Place> place(JsonObject service) {
        String group = service.optionalText(GROUP);
        Object wave = service.members().get(WAVE);
        if (group == null) {
            if (wave != null) {
                throw new IllegalArgumentException(service.path(WAVE)
                        + " orders the services of a group; name the " + GROUP + " too, or leave it out");
            }
            return Optional.empty();
        }
        if (!group.matches("[A-Za-z0-9_-]{1,50}")) {
            throw new IllegalArgumentException(service.path(GROUP)
                    + " is 1 to 50 letters, digits, dashes and underscores, got " + Quote.of(group));
        }
        if (wave == null) {
            return Optional.of(new Place(group, 1));
        }
        double number = service.number(WAVE);
        if (number != Math.rint(number) || number < 1 || number > MOST) {
            throw new IllegalArgumentException(
                    service.path(WAVE) + " is a whole number from 1 to " + MOST + ", got " + Quote.of(wave));
        }
        return Optional.of(new Place(group, (int) number));
    }

    /**
     * Complains about groups that cannot be released as one.
     *
     * @param list the settings as parsed
     * @param services those that could be read
     */
    static void check(List<?> list, List<TrackedService> services, Consumer<String> problems) {
        Map<String, List<TrackedService>> groups = new LinkedHashMap<>();
        for (TrackedService service : services) {
            Place place = service.place();
            if (place != null) {
                groups.computeIfAbsent(place.group(), name -> new ArrayList<>()).add(service);
            }
        }
        services.stream().filter(service -> service.place() != null)
                .filter(service -> services.stream().filter(
                        other -> other.reference().key().equals(service.reference().key())).count() > 1)
                .map(service -> service.reference().key()).distinct()
                .forEach(key -> problems.accept(key + " is in a group and named a second time; a service of a group"
                        + " follows one repository"));
        groups.forEach((name, members) -> {
            long named = list.stream()
                    .filter(one -> one instanceof Map<?, ?> service && name.equals(service.get(GROUP)))
                    .count();
            if (named < FEWEST || named > MOST) {
                problems.accept("Group " + Quote.of(name) + " has " + FEWEST + " to " + MOST + " services, got " + named
                        + (named < FEWEST ? "; a service alone needs no group" : ""));
            }
            if (differ(members.stream().map(TrackedService::repository).toList())) {
                problems.accept("The services of group " + Quote.of(name)
                        + " must follow the same repository, for one push is for all of them");
            }
            if (differ(list.stream().filter(one -> one instanceof Map<?, ?> service && name.equals(service.get(GROUP)))
                    .map(one -> ((Map<?, ?>) one).get("tags")).toList())) {
                problems.accept("The services of group " + Quote.of(name)
                        + " must have the same tags, for a push is for all of them or for none");
            }
            if (differ(members.stream().map(TrackedService::overlap).toList())) {
                problems.accept("The services of group " + Quote.of(name)
                        + " must have the same overlap and endTerminationWait, for they share one queue");
            }
            TreeSet<Integer> waves = new TreeSet<>();
            members.forEach(member -> waves.add(Objects.requireNonNull(member.place()).wave()));
            if (members.size() == named && waves.last() != waves.size()) {
                problems.accept("The waves of group " + Quote.of(name) + " must be 1, 2 and so on without a gap, got "
                        + waves);
            }
        });
    }

    private static boolean differ(List<?> values) {
        return values.stream().distinct().count() > 1;
    }
}
