package io.greenlane.rehearsal.release;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.appconfig.AppConfigClient;

/** A text in AppConfig. */
final class HostedConfiguration {
    private HostedConfiguration() {}

    /** Deploys it at once, as version {@code v1} of a configuration of an application of its own. */
    static void deploy(AppConfigClient appConfig, String application, String environment, String profile,
            byte[] content) {
        String app = appConfig.createApplication(it -> it.name(application)).id();
        String place = appConfig.createEnvironment(it -> it.applicationId(app).name(environment)).id();
        String configuration = appConfig.createConfigurationProfile(
                it -> it.applicationId(app).name(profile).locationUri("hosted")).id();
        int version = appConfig.createHostedConfigurationVersion(it -> it.applicationId(app)
                .configurationProfileId(configuration).contentType("text/yaml").versionLabel("v1")
                .content(SdkBytes.fromByteArray(content))).versionNumber();
        appConfig.startDeployment(it -> it.applicationId(app).environmentId(place)
                .configurationProfileId(configuration).configurationVersion(String.valueOf(version))
                .deploymentStrategyId("AppConfig.AllAtOnce"));
    }
}
