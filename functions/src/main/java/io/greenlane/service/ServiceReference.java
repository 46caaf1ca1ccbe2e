package io.greenlane.service;

import io.greenlane.image.RepositoryName;
import io.greenlane.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service as it travels through the workflow. Application and deployment group identify it: CodeDeploy allows a group exactly
 * one ECS service, and an ECS service exactly one group (CodeDeploy API, ECSServiceMappingLimitExceededException).
 *
 * @param repository the repository that it follows
 * @param cluster name of the cluster; null when the deployment group could not be read
 * @param service name of the ECS service; null when the deployment group could not be read
 * @param group name of the group that it is released with; null when it is released alone
 */
public record ServiceReference(RepositoryName repository, String application, String deploymentGroup,
        @Nullable String cluster, @Nullable String service, @Nullable String group) {
    /** A service that is released alone. */
    public ServiceReference(RepositoryName repository, String application, String deploymentGroup,
            @Nullable String cluster, @Nullable String service) {
        this(repository, application, deploymentGroup, cluster, service, null);
    }

    /** The service as it travels through the workflow. */
    public static ServiceReference from(JsonObject members) {
        return new ServiceReference(new RepositoryName(members.text("repository")), members.text("application"),
                members.text("deploymentGroup"), members.optionalText("cluster"), members.optionalText("service"),
                members.optionalText("group"));
    }

    /** Members for the workflow's data; {@link #from} reads them back. What is null is left out. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (cluster != null && service != null) {
            members.put("cluster", cluster);
            members.put("service", service);
        }
        members.put("application", application);
        members.put("deploymentGroup", deploymentGroup);
        members.put("repository", repository.text());
        if (group != null) {
            members.put("group", group);
        }
        return members;
    }

    /** {@code application/deploymentGroup}; neither name may contain a slash. */
    public String key() {
        return application + "/" + deploymentGroup;
    }
}
