package io.greenlane.service;

import io.greenlane.image.ImageCatalog;
import io.greenlane.image.ImageLookup;
import io.greenlane.image.Manifest;
import io.greenlane.image.Push;
import io.greenlane.image.PushEvent;
import io.greenlane.image.Registry;
import io.greenlane.json.Quote;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.service.ReleasePlan.Decision;
import io.greenlane.service.ReleasePlan.PlannedRelease;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of an event of the registry: which services it concerns, or why none. */
public final class ReleasePlanner {
    private final ServiceSettings settings;
    private final ImageCatalog images;
    private final Topologies topologies;

    public ReleasePlanner(ServiceSettings settings, ImageCatalog images, Topologies topologies) {
        this.settings = settings;
        this.images = images;
        this.topologies = topologies;
    }

    /**
     * Decides; the same event at another time may meet another world and get another plan.
     *
     * @param event as parsed from JSON, of any form
     * @param home the registry beside which this installation runs
     */
    public ReleasePlan plan(@Nullable Object event, Registry home) {
        return switch (PushEvent.read(event, home)) {
            case PushEvent.Ignored ignored -> ReleasePlan.ignore(ignored.reason(), null);
            case PushEvent.Rejected rejected -> ReleasePlan.reject(rejected.reason(), null);
            case PushEvent.Arrived arrived -> plan(arrived.push());
            case PushEvent.Wanted wanted -> plan(wanted);
        };
    }

    /** Whoever wants an image at a service by name wants it now, whatever tags the service follows and whatever else waits. */
    private ReleasePlan plan(PushEvent.Wanted wanted) {
        Push push = wanted.push();
        List<TrackedService> named = Addressees.of(wanted, settings).stream()
                .map(service -> service.with(new Overlap(Policy.NEWEST_WINS, service.overlap().endTerminationWait())))
                .toList();
        return named.isEmpty()
                ? ReleasePlan.reject("No service " + wanted.application() + "/" + wanted.deploymentGroup()
                        + " follows repository " + push.repository(), push)
                : wanted.backFrom() == null
                        ? plan(push, named).grouped(settings)
                        : plan(push, named).backFrom(wanted.backFrom());
    }

    private ReleasePlan plan(Push push) {
        if (settings.following(push.repository()).isEmpty()) {
            return ReleasePlan.ignore("No service follows repository " + push.repository(), push);
        }
        Addressees addressees = Addressees.of(push, settings, images);
        if (addressees.services().isEmpty()) {
            return ReleasePlan.ignore("No service takes tag " + Quote.of(push.tag().text()) + " of " + push.repository()
                    + ": " + String.join("; ", addressees.refusals()), push);
        }
        return plan(push, addressees.services()).grouped(settings);
    }

    private ReleasePlan plan(Push push, List<TrackedService> taking) {
        return switch (images.find(push.repository(), push.digest())) {
            case ImageLookup.Gone gone -> new ReleasePlan(Decision.REJECT_GONE, gone.reason(), push, List.of());
            case ImageLookup.Unreadable unreadable -> ReleasePlan.reject(unreadable.reason(), push);
            case ImageLookup.Found found -> plan(push, found.manifest(), taking);
        };
    }

    private ReleasePlan plan(Push push, Manifest manifest, List<TrackedService> services) {
        String what = "Tag " + Quote.of(push.tag().text()) + " of " + push.repository() + " is ";
        Manifest.Kind kind;
        try {
            kind = manifest.kind();
        } catch (IllegalArgumentException e) {
            return ReleasePlan.reject("The manifest of " + push.digest() + " in " + push.repository()
                    + " does not follow the OCI image specification: " + e.getMessage(), push);
        }
        return switch (kind) {
            case Manifest.Kind.Artifact artifact -> ReleasePlan.ignore(what + artifact.what() + " and is not deployed",
                    push);
            case Manifest.Kind.Image image -> release(push, what + image.what(), services);
        };
    }

    private ReleasePlan release(Push push, String what, List<TrackedService> services) {
        List<PlannedRelease> releases = services.stream().map(this::look).toList();
        String targets = releases.stream().map(release -> release.service().key()).collect(Collectors.joining(", "));
        return new ReleasePlan(Decision.RELEASE, what + ", followed by " + targets, push, releases);
    }

    private PlannedRelease look(TrackedService tracked) {
        try {
            ServiceTopology topology = topologies.discover(tracked.reference());
            return new PlannedRelease(topology.reference(), topology.running(), null, tracked.overlap());
        } catch (ServiceNotDeployableException e) {
            return new PlannedRelease(tracked.reference(), null, String.valueOf(e.getMessage()), tracked.overlap());
        }
    }
}
