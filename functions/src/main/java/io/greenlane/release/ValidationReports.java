package io.greenlane.release;

import org.jspecify.annotations.Nullable;

/** The validation reports of deployments. */
@FunctionalInterface
public interface ValidationReports {
    /** A link that people can open; null when the deployment has no report. */
    @Nullable
    String link(String deploymentId);
}
