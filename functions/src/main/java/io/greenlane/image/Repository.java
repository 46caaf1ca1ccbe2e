package io.greenlane.image;

/**
 * A repository with the names under which containers pull from it.
 *
 * @param uri {@code repositoryUri} of ECR: registry host and name
 */
public record Repository(Registry registry, RepositoryName name, String uri) {
    /** Whether the reference names an image of this repository: under its URI, or under the host that ECR gives every registry. */
    public boolean holds(ImageReference image) {
        String host = image.registry();
        return host != null
                && ((isEcr(host) && image.path().equals(name.text())) || (host + "/" + image.path()).equals(uri));
    }

    /** Whether a container definition's image is one of this repository; text that names no image is not. */
    public boolean holds(String image) {
        return ImageReference.parse(image).filter(this::holds).isPresent();
    }

    private boolean isEcr(String host) {
        String ecr = registry.account() + ".dkr.ecr." + registry.region() + ".amazonaws.com";
        return host.equals(ecr) || host.equals(ecr + ".cn");
    }
}
