package io.greenlane.taskdefinition;

import java.util.List;
import java.util.Map;

/** The task definition revisions of this account and region. */
public interface Revisions {
    /** The revision with this ARN, with its tags. */
    Revision describe(String arn);

    /**
     * The newest active revisions of the family, newest first, but none older than the given one and at most ten.
     *
     * @param notBefore a revision of the family
     */
    List<Revision> newest(Revision notBefore);

    /**
     * Registers a revision; not idempotent, every call makes another one (ECS API).
     *
     * @param request members of RegisterTaskDefinition, sent exactly as they are
     */
    Revision register(Map<String, Object> request);
}
