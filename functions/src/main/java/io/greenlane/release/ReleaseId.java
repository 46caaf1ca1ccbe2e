package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import io.greenlane.image.Registry;
import io.greenlane.image.RepositoryName;
import io.greenlane.json.Sha256;
import io.greenlane.service.ServiceReference;

/** Names of releases: derived from what is released, so that everyone who computes one computes the same. */
public final class ReleaseId {
    /** Form of every release id; fit for execution names, tags and descriptions. */
    public static final String FORM = "r-[0-9a-f]{32}";

    /** Form of the id of every release of a group. */
    public static final String GROUP_FORM = "g-[0-9a-f]{32}";

    private static final String GROUP = "g-";

    private ReleaseId() {}

    /**
     * The id of one release.
     *
     * @param generation 1 for the first release of this image to this service, one more for each that follows after it ended
     */
    public static String of(Push push, ServiceReference service, int generation) {
        return of(push.registry(), push.repository(), push.digest(), service, generation);
    }

    static String of(Registry registry, RepositoryName repository, Digest digest, ServiceReference service,
            int generation) {
        return "r-" + hash(registry, service.key(), repository, digest, generation);
    }

    /**
     * The id of the release of a group.
     *
     * @param generation 1 for the first release of this image to this group, one more for each that follows after it ended
     */
    static String ofGroup(Push push, String group, int generation) {
        return ofGroup(push.registry(), push.repository(), push.digest(), group, generation);
    }

    static String ofGroup(Registry registry, RepositoryName repository, Digest digest, String group, int generation) {
        return GROUP + hash(registry, group, repository, digest, generation);
    }

    private static String hash(Registry registry, String target, RepositoryName repository, Digest digest,
            int generation) {
        return hash(String.join("\n", registry.account(), registry.region(), target, repository.text(), digest.text(),
                Integer.toString(generation)));
    }

    /** The id of the release of one member of a group. */
    static String ofMember(String groupRelease, ServiceReference service) {
        return "r-" + hash(groupRelease + "\n" + service.key());
    }

    /** Whether the id is that of the release of a group. */
    static boolean isOfGroup(String id) {
        return id.startsWith(GROUP);
    }

    /** 32 hex digits of the SHA-256 of the text. */
    public static String hash(String text) {
        return Sha256.hex(text).substring(0, 32);
    }
}
