package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.cloud.RandomIds;
import io.greenlane.rehearsal.cloud.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.ApplicationAlreadyExistsException;
import software.amazon.awssdk.services.codedeploy.model.ApplicationDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.ApplicationInfo;
import software.amazon.awssdk.services.codedeploy.model.ApplicationNameRequiredException;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.InvalidApplicationNameException;
import software.amazon.awssdk.services.codedeploy.model.InvalidComputePlatformException;

/** The applications of the account, each with its groups and revisions. */
final class Applications {
    private static final int LONGEST_NAME = 100;

    private final Timeline timeline;
    private final RandomGenerator random;
    private final Map<String, Application> byName = new TreeMap<>();

    Applications(Timeline timeline, RandomGenerator random) {
        this.timeline = timeline;
        this.random = random;
    }

    String create(@Nullable String name, @Nullable String computePlatform) {
        String checked = checkedName(name);
        if (byName.containsKey(checked)) {
            throw ApplicationAlreadyExistsException.builder().message("Application already exists: " + checked).build();
        }
        ComputePlatform platform = computePlatform == null
                ? ComputePlatform.SERVER
                : ComputePlatform.fromValue(computePlatform);
        if (platform == ComputePlatform.UNKNOWN_TO_SDK_VERSION) {
            throw InvalidComputePlatformException.builder()
                    .message("The compute platform must be ECS, Lambda or Server, got '" + computePlatform + "'")
                    .build();
        }
        String id = RandomIds.uuid(random);
        byName.put(checked, new Application(ApplicationInfo.builder().applicationId(id).applicationName(checked)
                .computePlatform(platform).createTime(timeline.now()).linkedToGitHub(false).build()));
        return id;
    }

    Application get(@Nullable String name) {
        Application found = byName.get(checkedName(name));
        if (found == null) {
            throw ApplicationDoesNotExistException.builder().message("No application found for name: " + name).build();
        }
        return found;
    }

    /** Those that exist, in the order asked for. */
    List<Application> find(List<String> names) {
        return names.stream().map(Applications::checkedName).filter(byName::containsKey).map(this::get).toList();
    }

    List<Application> all() {
        return new ArrayList<>(byName.values());
    }

    void rename(@Nullable String name, @Nullable String newName) {
        Application renamed = get(name);
        String checked = checkedName(newName);
        if (byName.containsKey(checked)) {
            throw ApplicationAlreadyExistsException.builder().message("Application already exists: " + checked).build();
        }
        byName.remove(renamed.info().applicationName());
        renamed.rename(checked);
        byName.put(checked, renamed);
    }

    /** Deletes the application; nothing happens when there is none. */
    void delete(@Nullable String name) {
        byName.remove(checkedName(name));
    }

    private static String checkedName(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            throw ApplicationNameRequiredException.builder().message("Application name is missing").build();
        }
        if (name.length() > LONGEST_NAME) {
            throw InvalidApplicationNameException.builder()
                    .message("An application name has at most 100 characters, got " + name.length()).build();
        }
        return name;
    }

    /** One application. */
    static final class Application {
        private final Revisions revisions = new Revisions();
        private final Map<String, DeploymentGroup> groups = new TreeMap<>();
        private ApplicationInfo info;

        private Application(ApplicationInfo info) {
            this.info = info;
        }

        ApplicationInfo info() {
            return info;
        }

        String name() {
            return info.applicationName();
        }

        Revisions revisions() {
            return revisions;
        }

        /** Its groups by name. */
        Map<String, DeploymentGroup> groups() {
            return groups;
        }

        private void rename(String name) {
            info = info.toBuilder().applicationName(name).build();
            groups.values().forEach(group -> group.change(group.info().toBuilder().applicationName(name).build()));
        }
    }
}
