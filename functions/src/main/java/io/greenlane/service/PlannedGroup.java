package io.greenlane.service;

import io.greenlane.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A group on the way of a push, as it was planned.
 *
 * @param name of the group
 * @param services in the order of the settings
 */
public record PlannedGroup(String name, List<Member> services) {
    public PlannedGroup {
        services = List.copyOf(services);
    }

    /**
     * One of its services.
     *
     * @param wave in which production moves, from 1
     * @param problem why the service cannot be deployed to; null when it can
     */
    public record Member(ServiceReference service, int wave, @Nullable String problem) {
        private static Member from(JsonObject members) {
            return new Member(ServiceReference.from(members.object("service")), (int) members.number("wave"),
                    members.optionalText("problem"));
        }

        private Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("service", service.members());
            members.put("wave", wave);
            if (problem != null) {
                members.put("problem", problem);
            }
            return members;
        }
    }

    /** The group as it travels through the workflow. */
    public static PlannedGroup from(JsonObject members) {
        return new PlannedGroup(members.text("name"), members.objects("services").stream().map(Member::from).toList());
    }

    /** Members for the workflow's data; {@link #from} reads them back. */
    public Map<String, Object> members() {
        return Map.of("name", name, "services", services.stream().map(Member::members).toList());
    }
}
