package io.greenlane.rehearsal.ecr;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.events.EventBus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The account's private registry: what the ECR API and the OCI registry are two faces of. */
final class Registry {
    private static final Pattern NAME = Pattern
            .compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    /** Which way a manifest came in: the two answer a repetition differently. */
    enum Face {
        API, OCI
    }

    private final Account account;
    private final Timeline timeline;
    private final RandomGenerator random;
    private final EcrBehaviour behaviour;
    private final ImageAnnouncements announcements;
    private final LoginTokens tokens;
    private final Map<String, Repository> repositories = new TreeMap<>();

    Registry(Account account, Timeline timeline, Journal journal, EventBus bus, RandomGenerator random,
            EcrBehaviour behaviour) {
        this.account = account;
        this.timeline = timeline;
        this.random = random;
        this.behaviour = behaviour;
        this.announcements = new ImageAnnouncements(bus, journal);
        this.tokens = new LoginTokens(timeline, random);
    }

    Account account() {
        return account;
    }

    Timeline timeline() {
        return timeline;
    }

    LoginTokens tokens() {
        return tokens;
    }

    boolean mountsBlobs() {
        return behaviour.mountsBlobs();
    }

    Collection<Repository> repositories() {
        return repositories.values();
    }

    Optional<Repository> find(String name) {
        return Optional.ofNullable(repositories.get(name));
    }

    /** The repository, or ECR's refusal; it is never created by a push. */
    Repository require(@Nullable String registryId, String name) {
        if (registryId != null && !registryId.equals(account.id())) {
            throw EcrFaults.repositoryNotFound(name, registryId);
        }
        return find(name).orElseThrow(() -> EcrFaults.repositoryNotFound(name, account.id()));
    }

    Repository create(String name, TagMutability mutability, boolean scanOnPush) {
        if (name.length() < 2 || name.length() > 256 || !NAME.matcher(name).matches()) {
            throw EcrFaults.invalid("Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy "
                    + "regular expression '" + NAME.pattern() + "'', got '" + name + "'");
        }
        Repository created = new Repository(account, name, timeline.now(), mutability, scanOnPush);
        repositories.put(name, created);
        return created;
    }

    void remove(String name) {
        repositories.remove(name);
    }

    String newUploadId() {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        return UUID.nameUUIDFromBytes(bits).toString();
    }

    /**
     * Stores a manifest whose blobs and children must be there already, and announces it.
     *
     * @param tag null for a manifest that is only reached by its digest
     */
    void put(Repository repository, Manifest manifest, @Nullable String tag, Face face) {
        if (tag != null && !TAG.matcher(tag).matches()) {
            throw EcrFaults
                    .invalid("Invalid parameter at 'imageTag' failed to satisfy constraint: 'must satisfy regular "
                            + "expression '" + TAG.pattern() + "'', got '" + tag + "'");
        }
        requireParts(repository, manifest);
        boolean repeated = tag == null
                ? repository.byDigest(manifest.digest()).isPresent()
                : repository.byTag(tag).filter(image -> image.manifest().digest().equals(manifest.digest()))
                        .isPresent();
        if (repeated && face == Face.API) {
            throw EcrFaults.alreadyPushed(manifest.digest(), tag, repository.name(), account.id());
        }
        if (!repeated && tag != null && repository.byTag(tag).isPresent() && !repository.mutability().mayMove(tag)) {
            throw EcrFaults.tagTaken(tag, repository.name());
        }
        if (!repeated) {
            repository.store(manifest, tag, timeline.now());
        }
        boolean heard = tag != null || manifest.subject() != null || behaviour.untaggedPushEvents();
        if (heard && (!repeated || behaviour.repeatedPushEvents())) {
            announcements.pushed(repository, manifest, tag);
        }
    }

    /** Removes a tag; the image goes with its last tag (BatchDeleteImage of the ECR API reference). */
    void deleteTag(Repository repository, String tag) {
        Manifest manifest = repository.require(null, tag).manifest();
        repository.removeTag(tag);
        if (repository.tagsOf(manifest.digest()).isEmpty() && repository.indexesOf(manifest.digest()).isEmpty()) {
            repository.removeImage(manifest.digest());
        }
        announcements.deleted(repository, manifest, tag);
    }

    /** Removes an image with all its tags; the caller has made sure that no index lists it. */
    void deleteImage(Repository repository, String digest) {
        Manifest manifest = repository.require(digest, null).manifest();
        List<String> tags = repository.tagsOf(digest);
        repository.removeImage(digest);
        if (tags.isEmpty()) {
            announcements.deleted(repository, manifest, null);
        }
        tags.forEach(tag -> announcements.deleted(repository, manifest, tag));
    }

    private void requireParts(Repository repository, Manifest manifest) {
        List<String> missingLayers = manifest.blobs().stream().map(Manifest.Descriptor::digest)
                .filter(digest -> repository.blob(digest).isEmpty()).toList();
        if (!missingLayers.isEmpty()) {
            throw EcrFaults.layersNotFound(missingLayers, repository.name(), account.id());
        }
        List<String> missingImages = manifest.children().stream()
                .filter(digest -> repository.byDigest(digest).isEmpty()).toList();
        if (!missingImages.isEmpty()) {
            throw EcrFaults.imagesNotFound(missingImages, repository.name(), account.id());
        }
    }
}
