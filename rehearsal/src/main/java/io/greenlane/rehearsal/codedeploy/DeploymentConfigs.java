package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.cloud.RandomIds;
import io.greenlane.rehearsal.cloud.Timeline;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentConfigRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentConfigAlreadyExistsException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentConfigDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentConfigInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentConfigNameRequiredException;
import software.amazon.awssdk.services.codedeploy.model.InvalidComputePlatformException;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentConfigNameException;
import software.amazon.awssdk.services.codedeploy.model.InvalidOperationException;
import software.amazon.awssdk.services.codedeploy.model.InvalidTrafficRoutingConfigurationException;
import software.amazon.awssdk.services.codedeploy.model.TrafficRoutingConfig;
import software.amazon.awssdk.services.codedeploy.model.TrafficRoutingType;

/** How traffic may be shifted: the five predefined configurations for ECS and the account's own. */
final class DeploymentConfigs {
    static final String DEFAULT = "CodeDeployDefault.ECSAllAtOnce";

    private static final String PREDEFINED = "CodeDeployDefault.";
    private static final int MOST_MINUTES = 2880;

    private final Timeline timeline;
    private final RandomGenerator random;
    private final Map<String, DeploymentConfigInfo> byName = new TreeMap<>();

    DeploymentConfigs(Timeline timeline, RandomGenerator random) {
        this.timeline = timeline;
        this.random = random;
        add(DEFAULT, TrafficRoutingConfig.builder().type(TrafficRoutingType.ALL_AT_ONCE).build());
        add(PREDEFINED + "ECSLinear10PercentEvery1Minutes", linear(10, 1));
        add(PREDEFINED + "ECSLinear10PercentEvery3Minutes", linear(10, 3));
        add(PREDEFINED + "ECSCanary10Percent5Minutes", canary(10, 5));
        add(PREDEFINED + "ECSCanary10Percent15Minutes", canary(10, 15));
    }

    String create(CreateDeploymentConfigRequest request) {
        String name = checkedName(request.deploymentConfigName());
        if (name.startsWith(PREDEFINED)) {
            throw InvalidDeploymentConfigNameException.builder()
                    .message("Names that start with " + PREDEFINED + " are reserved, got " + name).build();
        }
        if (byName.containsKey(name)) {
            throw DeploymentConfigAlreadyExistsException.builder()
                    .message("Deployment configuration already exists: " + name).build();
        }
        if (request.computePlatform() != ComputePlatform.ECS) {
            throw InvalidComputePlatformException.builder()
                    .message("The local CodeDeploy knows the compute platform ECS only, got "
                            + request.computePlatformAsString())
                    .build();
        }
        check(request.trafficRoutingConfig());
        return add(name, request.trafficRoutingConfig());
    }

    DeploymentConfigInfo get(@Nullable String name) {
        DeploymentConfigInfo found = byName.get(checkedName(name));
        if (found == null) {
            throw DeploymentConfigDoesNotExistException.builder()
                    .message("No deployment configuration found for name: " + name).build();
        }
        return found;
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** Deletes an own configuration; nothing happens when there is none of that name. */
    void delete(@Nullable String name) {
        String checked = checkedName(name);
        if (checked.startsWith(PREDEFINED)) {
            throw InvalidOperationException.builder().message("Cannot delete the predefined " + checked).build();
        }
        byName.remove(checked);
    }

    private String add(String name, TrafficRoutingConfig routing) {
        String id = RandomIds.uuid(random);
        byName.put(name, DeploymentConfigInfo.builder().deploymentConfigId(id).deploymentConfigName(name)
                .computePlatform(ComputePlatform.ECS).createTime(timeline.now()).trafficRoutingConfig(routing).build());
        return id;
    }

    private static void check(@Nullable TrafficRoutingConfig routing) {
        TrafficRoutingType type = routing == null ? null : routing.type();
        boolean good = routing != null && type != null && switch (type) {
            case ALL_AT_ONCE -> true;
            case TIME_BASED_CANARY -> routing.timeBasedCanary() != null
                    && isShift(routing.timeBasedCanary().canaryPercentage(), routing.timeBasedCanary().canaryInterval(),
                            1);
            case TIME_BASED_LINEAR -> routing.timeBasedLinear() != null && isShift(
                    routing.timeBasedLinear().linearPercentage(), routing.timeBasedLinear().linearInterval(),
                    (99 + percent(routing)) / percent(routing) - 1);
            case UNKNOWN_TO_SDK_VERSION -> false;
        };
        if (!good) {
            throw InvalidTrafficRoutingConfigurationException.builder()
                    .message("A traffic routing configuration is AllAtOnce, or TimeBasedCanary or TimeBasedLinear with"
                            + " 1 to 99 percent and an interval in minutes, at most " + MOST_MINUTES
                            + " minutes from first to last shift; got " + routing)
                    .build();
        }
    }

    private static int percent(TrafficRoutingConfig routing) {
        Integer percent = routing.timeBasedLinear().linearPercentage();
        return percent == null || percent < 1 ? 1 : percent;
    }

    private static boolean isShift(@Nullable Integer percent, @Nullable Integer minutes, int intervals) {
        return percent != null && percent >= 1 && percent <= 99 && minutes != null && minutes >= 1
                && minutes * intervals <= MOST_MINUTES;
    }

    private static String checkedName(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            throw DeploymentConfigNameRequiredException.builder().message("Deployment configuration name is missing")
                    .build();
        }
        if (name.length() > 100) {
            throw InvalidDeploymentConfigNameException.builder()
                    .message("A deployment configuration name has at most 100 characters, got " + name.length())
                    .build();
        }
        return name;
    }

    private static TrafficRoutingConfig linear(int percent, int minutes) {
        return TrafficRoutingConfig.builder().type(TrafficRoutingType.TIME_BASED_LINEAR)
                .timeBasedLinear(linear -> linear.linearPercentage(percent).linearInterval(minutes)).build();
    }

    private static TrafficRoutingConfig canary(int percent, int minutes) {
        return TrafficRoutingConfig.builder().type(TrafficRoutingType.TIME_BASED_CANARY)
                .timeBasedCanary(canary -> canary.canaryPercentage(percent).canaryInterval(minutes)).build();
    }
}
