package io.greenlane.deployment;

import org.jspecify.annotations.Nullable;

/** What we found about a deployment ourselves. */
@FunctionalInterface
public interface Explanations {
    /** Why we refused the deployment; null when we did not. */
    @Nullable
    String whyRefused(String deploymentId);

    /** These, and where they know nothing the others. */
    default Explanations or(Explanations others) {
        return deploymentId -> {
            String sentence = whyRefused(deploymentId);
            return sentence == null ? others.whyRefused(deploymentId) : sentence;
        };
    }
}
