package io.greenlane.image;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image as a container definition names it: {@code [registry/]path[:tag][@digest]}. The first part is a registry when it
 * holds a dot or a colon or is {@code localhost} (Docker's rule).
 *
 * @param name registry and path exactly as written, without tag and digest
 * @param registry host with its port, in lower case; null means Docker Hub
 * @param path name inside the registry
 * @param tag null when absent
 * @param digest null when absent
 */
public record ImageReference(String name, @Nullable String registry, String path, @Nullable String tag,
        @Nullable Digest digest) {
    private static final int LONGEST = 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.:_/\\[\\]-]+");

    /** Reads a reference; empty when the text is none. */
    public static Optional<ImageReference> parse(String text) {
        int at = text.indexOf('@');
        String beforeDigest = at < 0 ? text : text.substring(0, at);
        int colon = beforeDigest.lastIndexOf(':');
        boolean tagged = colon > beforeDigest.lastIndexOf('/');
        String name = tagged ? beforeDigest.substring(0, colon) : beforeDigest;
        int slash = name.indexOf('/');
        boolean hosted = slash > 0 && isRegistry(name.substring(0, slash));
        String path = hosted ? name.substring(slash + 1) : name;
        if (text.length() > LONGEST || path.isEmpty() || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ImageReference(name,
                    hosted ? name.substring(0, slash).toLowerCase(Locale.ROOT) : null, path,
                    tagged ? new Tag(beforeDigest.substring(colon + 1)).text() : null,
                    at < 0 ? null : new Digest(text.substring(at + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isRegistry(String part) {
        return part.indexOf('.') >= 0 || part.indexOf(':') >= 0 || part.equals("localhost");
    }

    /** The same repository by the same name, pinned to a digest. */
    public String pinnedTo(Digest pinned) {
        return name + "@" + pinned;
    }
}
