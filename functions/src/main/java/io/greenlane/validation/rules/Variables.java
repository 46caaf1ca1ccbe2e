package io.greenlane.validation.rules;

import io.greenlane.validation.source.Secrets;
import java.util.List;
import java.util.Map;

/**
 * What stands for <code>{{...}}</code> in a file.
 *
 * @param values by name; a name of {@link #NAMES} that is missing has no value in this run, and a file that uses it is refused
 * @param secrets for <code>{{secret:name}}</code>; each is asked for at most once while a file is read
 */
public record Variables(Map<String, String> values, Secrets secrets) {
    /** The tag that was pushed. */
    public static final String IMAGE_TAG = "image.tag";
    /** The digest of the image, with its {@code sha256:}. */
    public static final String IMAGE_DIGEST = "image.digest";
    /** The deployment that is being validated. */
    public static final String DEPLOYMENT_ID = "deployment.id";
    /** The ECS service. */
    public static final String SERVICE_NAME = "service.name";
    /** All that can have a value. */
    public static final List<String> NAMES = List.of(IMAGE_TAG, IMAGE_DIGEST, DEPLOYMENT_ID, SERVICE_NAME);

    public Variables {
        values = Map.copyOf(values);
    }
}
