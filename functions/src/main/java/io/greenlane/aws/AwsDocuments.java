package io.greenlane.aws;

import io.greenlane.validation.source.Documents;
import io.greenlane.validation.source.LogFiles;
import io.greenlane.validation.source.SourceUri;
import software.amazon.awssdk.services.appconfigdata.AppConfigDataClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Documents and logs by their URI, as a deployed function finds them: never in its own file system. */
public final class AwsDocuments implements Documents, LogFiles {
    private final SsmDocuments parameters;
    private final S3Files objects;
    private final AppConfigDocuments configurations;

    public AwsDocuments(SsmClient ssm, S3Client s3, AppConfigDataClient appConfig) {
        this.parameters = new SsmDocuments(ssm);
        this.objects = new S3Files(s3);
        this.configurations = new AppConfigDocuments(appConfig);
    }

    @Override
    public Lookup find(SourceUri uri) {
        return switch (uri) {
            case SourceUri.Parameter parameter -> parameters.find(parameter);
            case SourceUri.S3Object object -> objects.find(object);
            case SourceUri.AppConfig configuration -> configurations.find(configuration);
            case SourceUri.LocalFile file ->
                new Lookup.Unreadable(
                        file.text() + " is on no machine that a deployed function can read; use ssm:, s3: "
                                + "or appconfig:");
            case SourceUri.BuiltIn builtIn -> new Lookup.NotThere(builtIn.text() + " is no file");
        };
    }

    @Override
    public Opening open(SourceUri uri) {
        return uri instanceof SourceUri.S3Object object
                ? objects.open(object)
                : new Opening.Unavailable("An access log is read from s3://bucket/key, not from " + uri.text());
    }
}
