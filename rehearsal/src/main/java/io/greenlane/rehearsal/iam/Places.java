package io.greenlane.rehearsal.iam;

import java.util.List;
import java.util.Optional;

/** What must be looked up to say which resource a call is about; asked in the turn of the call. */
public interface Places {
    /** ARN of the deployment group that the deployment belongs to; empty when there is no such deployment. */
    Optional<String> deploymentGroup(String deploymentId);

    /** Name of the deployment configuration that a group uses; empty when there is no such group. */
    Optional<String> deploymentConfig(String application, String group);

    /** ARN of the AppConfig configuration that a token is for; empty when the token is none. */
    Optional<String> configuration(String token);

    /** ARN of an AppConfig configuration by ids or names; empty when there is none. */
    Optional<String> configuration(String application, String environment, String profile);

    /** Whether the bucket has an object of that key. */
    boolean hasObject(String bucket, String key);

    /**
     * ARN of the key of the account's own that a table, a topic, a queue, a bucket or an object is under; empty where it is a key of
     * AWS, and where there is no such thing.
     */
    Optional<String> key(String resource);

    /** ARNs of the roles that tasks of a task definition have, by family, family and revision, or ARN. */
    List<String> rolesOfTasks(String taskDefinition);
}
