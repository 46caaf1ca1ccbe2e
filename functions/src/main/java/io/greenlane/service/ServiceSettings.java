package io.greenlane.service;

import io.greenlane.image.RepositoryName;
import io.greenlane.image.TagPolicies;
import io.greenlane.image.TagPolicy;
import io.greenlane.json.JsonObject;
import io.greenlane.json.Quote;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The services that this installation releases to.
 *
 * @param services at least one; no repository, application and deployment group is named twice
 */
public record ServiceSettings(List<TrackedService> services) {
    private static final Set<String> MEMBERS = Set.of("repository", "application", "deploymentGroup", "tags", "overlap",
            "endTerminationWait", "group", "wave");

    public ServiceSettings {
        services = List.copyOf(services);
    }

    /**
     * Reads the list of services and complains about everything in it.
     *
     * @param value as parsed from JSON: {@code [{"repository", "application", "deploymentGroup", "tags": ["glob:v*"], "overlap",
     *     "endTerminationWait", "group", "wave"}]}
     * @param problems gets one sentence per problem; with none the settings can be used
     */
    public static ServiceSettings of(@Nullable Object value, Consumer<String> problems) {
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            problems.accept("SERVICES must be a list of at least one service, got "
                    + (value instanceof List<?> ? "an empty list" : Quote.of(value)));
            return new ServiceSettings(List.of());
        }
        List<TrackedService> services = new ArrayList<>();
        Set<ServiceReference> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            TrackedService service = service("SERVICES[" + i + "]", list.get(i), problems);
            if (service != null && !seen.add(service.reference())) {
                problems.accept("SERVICES[" + i + "] names " + service.reference().key() + " with repository "
                        + service.repository() + " a second time");
            } else if (service != null) {
                services.add(service);
            }
        }
        Groups.check(list, services, problems);
        return new ServiceSettings(services);
    }

    /**
     * Complains about each service that follows another repository than this one, whose pushes alone reach this installation.
     *
     * @param problems gets one sentence per service
     */
    public void follow(String repository, Consumer<String> problems) {
        services.stream().filter(service -> !service.repository().text().equals(repository))
                .forEach(service -> problems.accept("SERVICES: " + service.reference().key() + " follows repository "
                        + Quote.of(service.repository().text()) + ", and this stack releases what is pushed to "
                        + Quote.of(repository) + " alone; name that one, or deploy a stack with RepositoryName="
                        + service.repository() + " for it"));
    }

    /** What the services are, in the order of the settings. */
    public List<ServiceReference> references() {
        return services.stream().map(TrackedService::reference).toList();
    }

    /** The services of a group, in the order of the settings. */
    public List<TrackedService> of(String group) {
        return services.stream().filter(service -> group.equals(service.reference().group())).toList();
    }

    /** The services that follow the repository, in the order of the settings. */
    public List<TrackedService> following(RepositoryName repository) {
        return services.stream().filter(service -> service.repository().equals(repository)).toList();
    }

    private static @Nullable TrackedService service(String path, @Nullable Object value, Consumer<String> problems) {
        if (!(value instanceof Map<?, ?> members)) {
            problems.accept(path + " must be an object, got " + Quote.of(value));
            return null;
        }
        JsonObject object = new JsonObject(path, members);
        members.keySet().stream().map(String::valueOf).filter(name -> !MEMBERS.contains(name)).sorted()
                .forEach(name -> problems.accept(path + " has no member " + Quote.of(name)));
        RepositoryName repository = read(problems, object.path("repository"), object,
                it -> new RepositoryName(it.text("repository")));
        String application = read(problems, object.path("application"), object, it -> name(it, "application"));
        String group = read(problems, object.path("deploymentGroup"), object, it -> name(it, "deploymentGroup"));
        TagPolicies tags = tags(object, problems);
        Overlap overlap = read(problems, path, object, Overlap::from);
        Optional<TrackedService.Place> place = read(problems, path, object, Groups::place);
        return repository == null || application == null || group == null || overlap == null || place == null
                ? null
                : new TrackedService(repository, application, group, tags, overlap, place.orElse(null));
    }

    private static String name(JsonObject service, String member) {
        String text = service.text(member);
        if (text.isBlank() || text.length() > 100 || text.indexOf('/') >= 0) {
            throw new IllegalArgumentException("it is 1 to 100 characters without a slash, got " + Quote.of(text));
        }
        return text;
    }

    private static TagPolicies tags(JsonObject service, Consumer<String> problems) {
        Object value = service.members().get("tags");
        if (value == null) {
            return TagPolicies.ANY;
        }
        String path = service.path("tags");
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            problems.accept(path + " must be a list of at least one tag policy, or left out for any tag");
            return TagPolicies.ANY;
        }
        List<TagPolicy> policies = new ArrayList<>();
        for (Object item : list) {
            TagPolicy policy = read(problems, path, item, it -> {
                if (it instanceof String text) {
                    return TagPolicy.parse(text);
                }
                throw new IllegalArgumentException("a tag policy is text, got " + Quote.of(it));
            });
            if (policy != null) {
                policies.add(policy);
            }
        }
        return new TagPolicies(policies);
    }

    private static <F, T> @Nullable T read(Consumer<String> problems, String path, F from, Function<F, T> reading) {
        try {
            return reading.apply(from);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            problems.accept(message.startsWith(path) ? message : path + ": " + message);
            return null;
        }
    }
}
