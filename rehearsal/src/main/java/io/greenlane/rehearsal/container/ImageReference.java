package io.greenlane.rehearsal.container;

/**
 * The image of a container definition.
 *
 * @param repository name with its path, without the registry host
 * @param reference digest if one is given, else tag, else {@code latest}
 */
record ImageReference(String repository, String reference) {
    static ImageReference of(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        String name = host ? image.substring(slash + 1) : image;
        int at = name.indexOf('@');
        String reference = at < 0 ? "" : name.substring(at + 1);
        String tagged = at < 0 ? name : name.substring(0, at);
        int colon = tagged.lastIndexOf(':');
        String repository = colon < 0 ? tagged : tagged.substring(0, colon);
        if (reference.isEmpty()) {
            reference = colon < 0 ? "latest" : tagged.substring(colon + 1);
        }
        return new ImageReference(repository, reference);
    }
}
