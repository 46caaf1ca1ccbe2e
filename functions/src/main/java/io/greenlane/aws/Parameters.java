package io.greenlane.aws;

import io.greenlane.validation.source.Documents;
import io.greenlane.validation.source.SourceUri;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Documents in Parameter Store, and nowhere else. */
final class Parameters implements Documents {
    private final SsmDocuments parameters;

    Parameters(SsmClient ssm) {
        this.parameters = new SsmDocuments(ssm);
    }

    @Override
    public Lookup find(SourceUri uri) {
        return uri instanceof SourceUri.Parameter parameter
                ? parameters.find(parameter)
                : new Lookup.NotThere(uri.text() + " is no parameter; write ssm:/greenlane/...");
    }
}
