package io.greenlane.deployment;

import io.greenlane.release.Objection;
import org.jspecify.annotations.Nullable;

/** What we found about a deployment ourselves. */
@FunctionalInterface
public interface Explanations {
    /** Why we refused the deployment, and how its release ends because of that; null when we did not. */
    @Nullable
    Objection whyRefused(String deploymentId);

    /** These, and where they know nothing the others. */
    default Explanations or(Explanations others) {
        return deploymentId -> {
            Objection known = whyRefused(deploymentId);
            return known == null ? others.whyRefused(deploymentId) : known;
        };
    }
}
