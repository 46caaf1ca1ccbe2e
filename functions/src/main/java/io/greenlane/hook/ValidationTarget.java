package io.greenlane.hook;

import io.greenlane.image.Digest;
import io.greenlane.probe.Listener;
import io.greenlane.report.Subject;
import io.greenlane.validation.Routing;
import io.greenlane.validation.rules.Variables;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a hook is to validate, whoever makes the deployment.
 *
 * @param subject as far as it is known
 * @param service name of the ECS service
 * @param green where the new version answers
 * @param blue where the version before answers; null when it serves nobody any more
 * @param routing whether what answers as green is green
 */
public record ValidationTarget(Subject subject, String service, Listener green, @Nullable Listener blue,
        Routing routing) {
    /** Of the image that green runs; null when that is not known, as in a deployment that brings no release of ours. */
    public @Nullable Digest digest() {
        return subject.digest() == null ? null : new Digest(subject.digest());
    }

    /** For a validation file. */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(Variables.DEPLOYMENT_ID, subject.deploymentId());
        variables.put(Variables.SERVICE_NAME, service);
        if (subject.digest() != null) {
            variables.put(Variables.IMAGE_DIGEST, subject.digest());
        }
        if (subject.tag() != null) {
            variables.put(Variables.IMAGE_TAG, subject.tag());
        }
        return variables;
    }
}
