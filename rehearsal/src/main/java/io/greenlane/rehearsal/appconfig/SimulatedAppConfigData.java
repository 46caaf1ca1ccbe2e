package io.greenlane.rehearsal.appconfig;

import io.greenlane.rehearsal.appconfig.SimulatedAppConfig.Deployed;
import io.greenlane.rehearsal.appconfig.SimulatedAppConfig.Place;
import io.greenlane.rehearsal.cloud.RandomIds;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.appconfigdata.AppConfigDataClient;
import software.amazon.awssdk.services.appconfigdata.model.BadRequestException;
import software.amazon.awssdk.services.appconfigdata.model.GetLatestConfigurationRequest;
import software.amazon.awssdk.services.appconfigdata.model.GetLatestConfigurationResponse;
import software.amazon.awssdk.services.appconfigdata.model.ResourceNotFoundException;
import software.amazon.awssdk.services.appconfigdata.model.StartConfigurationSessionRequest;
import software.amazon.awssdk.services.appconfigdata.model.StartConfigurationSessionResponse;

/** The data API of AppConfig in the local cloud: sessions, each of whose tokens is good for one answer. */
public final class SimulatedAppConfigData implements AppConfigDataClient {
    private static final int POLL_SECONDS = 60;

    private final SimulatedAppConfig configurations;
    private final RandomGenerator random;
    private final Map<String, Session> sessions = new HashMap<>();

    /** @param random where tokens come from */
    public SimulatedAppConfigData(SimulatedAppConfig configurations, RandomGenerator random) {
        this.configurations = configurations;
        this.random = random;
    }

    /**
     * What a token stands for.
     *
     * @param seen the version that its holder has, 0 for none
     */
    private record Session(Place place, int seen, int pollSeconds) {}

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public StartConfigurationSessionResponse startConfigurationSession(StartConfigurationSessionRequest request) {
        Place place = configurations
                .place(request.applicationIdentifier(), request.environmentIdentifier(),
                        request.configurationProfileIdentifier())
                .orElseThrow(() -> ResourceNotFoundException.builder()
                        .message("Could not find " + request.applicationIdentifier() + ", environment "
                                + request.environmentIdentifier() + ", profile "
                                + request.configurationProfileIdentifier())
                        .build());
        int poll = request.requiredMinimumPollIntervalInSeconds() == null
                ? POLL_SECONDS
                : request.requiredMinimumPollIntervalInSeconds();
        return StartConfigurationSessionResponse.builder().initialConfigurationToken(issue(new Session(place, 0, poll)))
                .build();
    }

    @Override
    public GetLatestConfigurationResponse getLatestConfiguration(GetLatestConfigurationRequest request) {
        Session session = sessions.remove(request.configurationToken());
        if (session == null) {
            throw BadRequestException.builder()
                    .message("The configuration token is unknown, or has been used already").build();
        }
        Deployed latest = configurations.deployed(session.place()).orElseThrow(() -> ResourceNotFoundException.builder()
                .message("No configuration has been deployed to this environment").build());
        String next = issue(new Session(session.place(), latest.version(), session.pollSeconds()));
        boolean news = latest.version() != session.seen();
        return GetLatestConfigurationResponse.builder().nextPollConfigurationToken(next)
                .nextPollIntervalInSeconds(session.pollSeconds()).contentType(latest.contentType())
                .versionLabel(latest.label())
                .configuration(news ? latest.content() : SdkBytes.fromByteArrayUnsafe(new byte[0])).build();
    }

    /** The configuration that a token is for, as the last part of its ARN; empty when the token is none. */
    public Optional<String> configuration(String token) {
        return Optional.ofNullable(sessions.get(token)).map(session -> resource(session.place()));
    }

    /** A configuration by ids or names, as the last part of its ARN; empty when there is none. */
    public Optional<String> configuration(String application, String environment, String profile) {
        return configurations.place(application, environment, profile).map(SimulatedAppConfigData::resource);
    }

    private static String resource(Place place) {
        return "application/" + place.application() + "/environment/" + place.environment() + "/configuration/"
                + place.profile();
    }

    private String issue(Session session) {
        String token = RandomIds.uuid(random);
        sessions.put(token, session);
        return token;
    }
}
