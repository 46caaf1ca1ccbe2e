package io.greenlane.aws;

import io.greenlane.json.Quote;
import io.greenlane.validation.source.Document;
import io.greenlane.validation.source.Documents.Lookup;
import io.greenlane.validation.source.SourceUri.AppConfig;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.appconfigdata.AppConfigDataClient;
import software.amazon.awssdk.services.appconfigdata.model.GetLatestConfigurationResponse;
import software.amazon.awssdk.services.appconfigdata.model.ResourceNotFoundException;

/** Documents that AppConfig has deployed. Each is asked for in a session of its own, whose first answer is never left empty. */
final class AppConfigDocuments {
    private final AppConfigDataClient appConfig;

    AppConfigDocuments(AppConfigDataClient appConfig) {
        this.appConfig = appConfig;
    }

    Lookup find(AppConfig place) {
        try {
            String token = appConfig.startConfigurationSession(it -> it.applicationIdentifier(place.application())
                    .environmentIdentifier(place.environment()).configurationProfileIdentifier(place.profile()))
                    .initialConfigurationToken();
            GetLatestConfigurationResponse latest = appConfig
                    .getLatestConfiguration(it -> it.configurationToken(token));
            String version = latest.versionLabel() == null ? "" : latest.versionLabel();
            return Document.of(place, version, latest.configuration().asByteArrayUnsafe());
        } catch (ResourceNotFoundException e) {
            return new Lookup.NotThere("AppConfig has deployed no configuration " + Quote.of(place.text()));
        } catch (SdkException e) {
            return new Lookup.Unreadable("AppConfig does not give out " + Quote.of(place.text()) + ": " + Refusal
                    .of(e, "appconfig:StartConfigurationSession and appconfig:GetLatestConfiguration"));
        }
    }
}
