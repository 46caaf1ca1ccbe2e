package io.greenlane.hook;

import io.greenlane.image.Digest;
import io.greenlane.image.RepositoryName;
import java.util.List;

/** The new task sets of deployments. */
@FunctionalInterface
public interface Greens {
    /**
     * The new task set of the deployment.
     *
     * @throws io.greenlane.service.ServiceNotDeployableException when the group cannot be tested
     * @throws GreenNotFoundException when the deployment has no task set
     */
    Green find(String application, String deploymentGroup, String deploymentId);

    /**
     * What a new task set runs.
     *
     * @param taskDefinition ARN of the revision
     * @param images of its containers, as the revision names them
     */
    record Green(String taskDefinition, List<String> images) {
        public Green {
            images = List.copyOf(images);
        }

        boolean runs(RepositoryName repository, Digest digest) {
            return images.stream().anyMatch(image -> image.endsWith("/" + repository + "@" + digest));
        }
    }

    /** The deployment has no task set, so nothing can be tested. */
    final class GreenNotFoundException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public GreenNotFoundException(String sentence) {
            super(sentence);
        }
    }
}
