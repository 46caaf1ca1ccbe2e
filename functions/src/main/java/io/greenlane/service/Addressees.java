package io.greenlane.service;

import io.greenlane.image.ImageCatalog;
import io.greenlane.image.Push;
import io.greenlane.image.PushEvent;
import io.greenlane.image.Tag;
import io.greenlane.image.TagDecision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whom a push is for.
 *
 * @param services that follow its repository and take its tag, in the order of the settings
 * @param refusals why others that follow the repository do not take it, a phrase each
 */
public record Addressees(List<TrackedService> services, List<String> refusals) {
    public Addressees {
        services = List.copyOf(services);
        refusals = List.copyOf(refusals);
    }

    /** The services that take a pushed tag; the catalogue is asked only when a tag policy wants to know the other tags. */
    public static Addressees of(Push push, ServiceSettings settings, ImageCatalog images) {
        List<TrackedService> taking = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        Supplier<Collection<Tag>> held = new Once(() -> images.tags(push.repository()));
        for (TrackedService service : settings.following(push.repository())) {
            switch (service.tags().decide(push.tag(), held)) {
                case TagDecision.Taken taken -> taking.add(service);
                case TagDecision.NotTaken not -> refusals.add("for " + service.reference().key() + " " + not.reason());
            }
        }
        return new Addressees(taking, refusals);
    }

    /** The service that is named, and its whole group, unless it alone goes back; empty when none follows the repository. */
    public static List<TrackedService> of(PushEvent.Wanted wanted, ServiceSettings settings) {
        List<TrackedService> named = settings.following(wanted.push().repository()).stream()
                .filter(service -> service.application().equals(wanted.application())
                        && service.deploymentGroup().equals(wanted.deploymentGroup()))
                .toList();
        String group = named.isEmpty() ? null : named.get(0).reference().group();
        return group == null || wanted.backFrom() != null ? named : settings.of(group);
    }

    /** Asks at most once, and only when somebody wants to know. */
    private static final class Once implements Supplier<Collection<Tag>> {
        private final Supplier<Collection<Tag>> question;
        private @Nullable Collection<Tag> answer;

        Once(Supplier<Collection<Tag>> question) {
            this.question = question;
        }

        @Override
        public Collection<Tag> get() {
            Collection<Tag> known = answer;
            if (known == null) {
                known = question.get();
                answer = known;
            }
            return known;
        }
    }
}
