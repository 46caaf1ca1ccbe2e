package io.greenlane.deployment;

import org.jspecify.annotations.Nullable;

/** What our own validation found about a deployment. */
@FunctionalInterface
public interface Explanations {
    /** The sentence of the verdict that refused the deployment; null when none did. */
    @Nullable
    String whyRefused(String deploymentId);
}
