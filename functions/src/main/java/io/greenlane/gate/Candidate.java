package io.greenlane.gate;

import io.greenlane.image.Digest;
import io.greenlane.image.RepositoryName;
import io.greenlane.service.ServiceReference;

/**
 * An image before the gates of a service.
 *
 * @param digest as it was pushed, of an index perhaps
 */
public record Candidate(ServiceReference service, RepositoryName repository, Digest digest) {}
