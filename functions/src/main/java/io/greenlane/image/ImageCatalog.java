package io.greenlane.image;

import java.util.Collection;

/** The images that a registry holds. */
public interface ImageCatalog {
    /** Looks for an image by its digest; a tag is never asked for. */
    ImageLookup find(RepositoryName repository, Digest digest);

    /** All tags of the repository, in no order; empty when there is no such repository. Tags that no grammar allows are left out. */
    Collection<Tag> tags(RepositoryName repository);
}
