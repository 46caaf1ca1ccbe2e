package io.greenlane.rehearsal.iam;

import java.util.List;
import java.util.Optional;

/** A deployment group, a task definition and an object that is there, and a key. */
public final class OnePlace implements Places {
    private static final String HERE = ":eu-west-1:111122223333:";

    @Override
    public Optional<String> deploymentGroup(String deploymentId) {
        return Optional.of("arn:aws:codedeploy" + HERE + "deploymentgroup:shop/web")
                .filter(known -> deploymentId.equals("d-1"));
    }

    @Override
    public Optional<String> deploymentConfig(String application, String group) {
        return Optional.of("Slowly");
    }

    @Override
    public Optional<String> configuration(String token) {
        return Optional.of("arn:aws:appconfig" + HERE + "application/a/environment/b/configuration/c");
    }

    @Override
    public Optional<String> configuration(String application, String environment, String profile) {
        return configuration(application);
    }

    @Override
    public boolean hasObject(String bucket, String key) {
        return key.equals("there");
    }

    /** Of what is sealed. */
    @Override
    public Optional<String> key(String resource) {
        return Optional.of("arn:aws:kms" + HERE + "key/1").filter(key -> resource.contains("sealed"));
    }

    @Override
    public List<String> rolesOfTasks(String taskDefinition) {
        return List.of("arn:aws:iam::111122223333:role/Execution");
    }
}
