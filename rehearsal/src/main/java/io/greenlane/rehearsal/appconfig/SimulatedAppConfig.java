package io.greenlane.rehearsal.appconfig;

import io.greenlane.rehearsal.cloud.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.appconfig.AppConfigClient;
import software.amazon.awssdk.services.appconfig.model.BadRequestException;
import software.amazon.awssdk.services.appconfig.model.ConflictException;
import software.amazon.awssdk.services.appconfig.model.CreateApplicationRequest;
import software.amazon.awssdk.services.appconfig.model.CreateApplicationResponse;
import software.amazon.awssdk.services.appconfig.model.CreateConfigurationProfileRequest;
import software.amazon.awssdk.services.appconfig.model.CreateConfigurationProfileResponse;
import software.amazon.awssdk.services.appconfig.model.CreateEnvironmentRequest;
import software.amazon.awssdk.services.appconfig.model.CreateEnvironmentResponse;
import software.amazon.awssdk.services.appconfig.model.CreateHostedConfigurationVersionRequest;
import software.amazon.awssdk.services.appconfig.model.CreateHostedConfigurationVersionResponse;
import software.amazon.awssdk.services.appconfig.model.DeploymentState;
import software.amazon.awssdk.services.appconfig.model.EnvironmentState;
import software.amazon.awssdk.services.appconfig.model.GrowthType;
import software.amazon.awssdk.services.appconfig.model.PayloadTooLargeException;
import software.amazon.awssdk.services.appconfig.model.ResourceNotFoundException;
import software.amazon.awssdk.services.appconfig.model.StartDeploymentRequest;
import software.amazon.awssdk.services.appconfig.model.StartDeploymentResponse;

/**
 * The AppConfig API of the local cloud, as far as a configuration needs it to get to its readers: applications, environments,
 * profiles with hosted versions, and deployments by the strategy {@value #STRATEGY}, which reach everybody at once.
 */
public final class SimulatedAppConfig implements AppConfigClient {
    /** The predefined strategy: all targets at once, then a bake time. */
    static final String STRATEGY = "AppConfig.AllAtOnce";
    private static final Duration BAKE_TIME = Duration.ofMinutes(10);
    private static final int MOST_BYTES = 2 * 1024 * 1024;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private final Timeline timeline;
    private final RandomGenerator random;
    private final Map<String, App> applications = new LinkedHashMap<>();

    /** @param random where identifiers come from */
    public SimulatedAppConfig(Timeline timeline, RandomGenerator random) {
        this.timeline = timeline;
        this.random = random;
    }

    /** A configuration that was deployed. */
    record Deployed(SdkBytes content, String contentType, int version, @Nullable String label) {}

    private record App(String id, String name, Map<String, Env> environments, Map<String, Profile> profiles) {}

    private record Profile(String id, String name, List<Deployed> versions) {}

    private static final class Env {
        private final String id;
        private final String name;
        private final Map<String, Deployed> configurations = new LinkedHashMap<>();
        private int deployments;
        private boolean baking;

        Env(String id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public CreateApplicationResponse createApplication(CreateApplicationRequest request) {
        App created = new App(newId(), request.name(), new LinkedHashMap<>(), new LinkedHashMap<>());
        applications.put(created.id(), created);
        return CreateApplicationResponse.builder().id(created.id()).name(created.name())
                .description(request.description()).build();
    }

    @Override
    public CreateEnvironmentResponse createEnvironment(CreateEnvironmentRequest request) {
        if (request.hasMonitors()) {
            throw refused("The local cloud does not simulate Monitors of environments");
        }
        App application = application(request.applicationId());
        Env created = new Env(newId(), request.name());
        application.environments().put(created.id, created);
        return CreateEnvironmentResponse.builder().applicationId(application.id()).id(created.id).name(created.name)
                .description(request.description()).state(EnvironmentState.READY_FOR_DEPLOYMENT).build();
    }

    @Override
    public CreateConfigurationProfileResponse createConfigurationProfile(CreateConfigurationProfileRequest request) {
        if (!"hosted".equals(request.locationUri()) || request.hasValidators()
                || (request.type() != null && !request.type().equals("AWS.Freeform"))) {
            throw refused("The local cloud simulates hosted free-form configurations without validators");
        }
        App application = application(request.applicationId());
        Profile created = new Profile(newId(), request.name(), new ArrayList<>());
        application.profiles().put(created.id(), created);
        return CreateConfigurationProfileResponse.builder().applicationId(application.id()).id(created.id())
                .name(created.name()).description(request.description()).locationUri("hosted").type("AWS.Freeform")
                .build();
    }

    @Override
    public CreateHostedConfigurationVersionResponse createHostedConfigurationVersion(
            CreateHostedConfigurationVersionRequest request) {
        Profile profile = profile(application(request.applicationId()), request.configurationProfileId());
        if (request.content().asByteArrayUnsafe().length > MOST_BYTES) {
            throw PayloadTooLargeException.builder().message("The configuration has more than " + MOST_BYTES + " bytes")
                    .build();
        }
        int latest = profile.versions().size();
        if (request.latestVersionNumber() != null && request.latestVersionNumber() != latest) {
            throw ConflictException.builder().message("The latest version is " + latest + ", not "
                    + request.latestVersionNumber()).build();
        }
        profile.versions().add(
                new Deployed(request.content(), request.contentType(), latest + 1, request.versionLabel()));
        return CreateHostedConfigurationVersionResponse.builder().applicationId(request.applicationId())
                .configurationProfileId(profile.id()).versionNumber(latest + 1).description(request.description())
                .content(request.content()).contentType(request.contentType()).versionLabel(request.versionLabel())
                .build();
    }

    @Override
    public StartDeploymentResponse startDeployment(StartDeploymentRequest request) {
        if (!STRATEGY.equals(request.deploymentStrategyId()) || request.hasDynamicExtensionParameters()) {
            throw refused("The local cloud deploys by " + STRATEGY + " and without extensions, not by "
                    + request.deploymentStrategyId());
        }
        App application = application(request.applicationId());
        Env environment = Optional.ofNullable(application.environments().get(request.environmentId()))
                .orElseThrow(() -> notFound("environment", request.environmentId()));
        Profile profile = profile(application, request.configurationProfileId());
        Deployed version = profile.versions().stream()
                .filter(each -> String.valueOf(each.version()).equals(request.configurationVersion())
                        || request.configurationVersion().equals(each.label()))
                .findFirst().orElseThrow(() -> notFound("configuration version", request.configurationVersion()));
        if (environment.baking) {
            throw ConflictException.builder().message("Environment " + environment.name + " has a deployment in its "
                    + "bake time of " + BAKE_TIME.toMinutes() + " minutes").build();
        }
        environment.configurations.put(profile.id(), version);
        environment.baking = true;
        timeline.after(BAKE_TIME, () -> environment.baking = false);
        return StartDeploymentResponse.builder().applicationId(application.id()).environmentId(environment.id)
                .deploymentStrategyId(STRATEGY).configurationProfileId(profile.id())
                .deploymentNumber(++environment.deployments).configurationName(profile.name())
                .configurationLocationUri("hosted").configurationVersion(String.valueOf(version.version()))
                .versionLabel(version.label()).description(request.description()).deploymentDurationInMinutes(0)
                .growthType(GrowthType.LINEAR).growthFactor(100f)
                .finalBakeTimeInMinutes(Math.toIntExact(BAKE_TIME.toMinutes())).state(DeploymentState.BAKING)
                .percentageComplete(100f).startedAt(timeline.now()).build();
    }

    /**
     * The keys of an application, an environment and a profile.
     *
     * @param application id or name, as the others
     * @return empty when there is none of that name
     */
    Optional<Place> place(String application, String environment, String profile) {
        return applications.values().stream().filter(each -> is(application, each.id(), each.name())).findFirst()
                .flatMap(app -> app.environments().values().stream()
                        .filter(each -> is(environment, each.id, each.name)).findFirst()
                        .flatMap(env -> app.profiles().values().stream()
                                .filter(each -> is(profile, each.id(), each.name())).findFirst()
                                .map(found -> new Place(app.id(), env.id, found.id()))));
    }

    /** What is deployed there now. */
    Optional<Deployed> deployed(Place place) {
        return Optional.ofNullable(application(place.application()).environments().get(place.environment()))
                .flatMap(environment -> Optional.ofNullable(environment.configurations.get(place.profile())));
    }

    /** Ids of application, environment and profile. */
    record Place(String application, String environment, String profile) {}

    private static boolean is(String wanted, String id, String name) {
        return wanted.equals(id) || wanted.equals(name);
    }

    private App application(String id) {
        return Optional.ofNullable(applications.get(id)).orElseThrow(() -> notFound("application", id));
    }

    private static Profile profile(App application, String id) {
        return Optional.ofNullable(application.profiles().get(id))
                .orElseThrow(() -> notFound("configuration profile", id));
    }

    private static ResourceNotFoundException notFound(String kind, String id) {
        return ResourceNotFoundException.builder().message("Could not find " + kind + " " + id).build();
    }

    private static BadRequestException refused(String why) {
        return BadRequestException.builder().message(why).build();
    }

    private String newId() {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 7; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }
}
