package io.greenlane.image;

import java.util.Optional;

/** The repositories of a registry. */
@FunctionalInterface
public interface Repositories {
    /** The repository with this name; empty when there is none. */
    Optional<Repository> find(RepositoryName name);
}
