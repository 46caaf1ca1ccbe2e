package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.cloud.Account;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.ArnNotSupportedException;
import software.amazon.awssdk.services.codedeploy.model.InvalidArnException;
import software.amazon.awssdk.services.codedeploy.model.InvalidTagsToAddException;
import software.amazon.awssdk.services.codedeploy.model.ResourceArnRequiredException;
import software.amazon.awssdk.services.codedeploy.model.Tag;

/** Tags of applications and deployment groups, by ARN. */
final class Tags {
    private final Account account;
    private final Applications applications;
    private final DeploymentGroups groups;
    private final Map<String, Map<String, String>> byArn = new TreeMap<>();

    Tags(Account account, Applications applications, DeploymentGroups groups) {
        this.account = account;
        this.applications = applications;
        this.groups = groups;
    }

    void add(@Nullable String arn, List<Tag> tags) {
        String checked = checked(arn);
        if (tags.stream().anyMatch(tag -> tag.key() == null || tag.key().isEmpty() || tag.key().startsWith("aws:"))) {
            throw InvalidTagsToAddException.builder()
                    .message("A tag has a key that does not start with aws:, got " + tags).build();
        }
        Map<String, String> all = byArn.computeIfAbsent(checked, missing -> new TreeMap<>());
        tags.forEach(tag -> all.put(tag.key(), tag.value() == null ? "" : tag.value()));
    }

    void remove(@Nullable String arn, Collection<String> keys) {
        Map<String, String> all = byArn.get(checked(arn));
        if (all != null) {
            keys.forEach(all::remove);
        }
    }

    List<Tag> of(@Nullable String arn) {
        List<Tag> tags = new ArrayList<>();
        byArn.getOrDefault(checked(arn), Map.of())
                .forEach((key, value) -> tags.add(Tag.builder().key(key).value(value).build()));
        return tags;
    }

    String applicationArn(String application) {
        return account.arn("codedeploy", "application:" + application);
    }

    String groupArn(String application, String group) {
        return account.arn("codedeploy", "deploymentgroup:" + application + "/" + group);
    }

    private String checked(@Nullable String arn) {
        if (arn == null || arn.isEmpty()) {
            throw ResourceArnRequiredException.builder().message("The resource ARN is missing").build();
        }
        String prefix = account.arn("codedeploy", "");
        if (!arn.startsWith(prefix)) {
            throw InvalidArnException.builder()
                    .message("Not an ARN of CodeDeploy in this account and region: " + arn).build();
        }
        String resource = arn.substring(prefix.length());
        int slash = resource.indexOf('/');
        if (resource.startsWith("application:")) {
            applications.get(resource.substring("application:".length()));
        } else if (resource.startsWith("deploymentgroup:") && slash > 0) {
            groups.get(resource.substring("deploymentgroup:".length(), slash), resource.substring(slash + 1));
        } else {
            throw ArnNotSupportedException.builder()
                    .message("Tags belong to applications and deployment groups, got " + arn).build();
        }
        return arn;
    }
}
