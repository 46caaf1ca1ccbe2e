package io.greenlane.aws;

import io.greenlane.json.Quote;
import io.greenlane.validation.source.CompressedText;
import io.greenlane.validation.source.Document;
import io.greenlane.validation.source.Documents.Lookup;
import io.greenlane.validation.source.SourceUri;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/** Documents in Parameter Store: as text, or as the base64 of a gzip file where the text does not fit. */
final class SsmDocuments {
    private final SsmClient ssm;

    SsmDocuments(SsmClient ssm) {
        this.ssm = ssm;
    }

    Lookup find(SourceUri.Parameter place) {
        try {
            Parameter parameter = ssm.getParameter(it -> it.name(place.name()).withDecryption(true)).parameter();
            return CompressedText.bytes(parameter.value())
                    .map(bytes -> Document.of(place, String.valueOf(parameter.version()), bytes))
                    .orElseGet(() -> new Lookup.Unreadable("The value of parameter " + Quote.of(place.name())
                            + " begins like gzip in base64 but cannot be unpacked"));
        } catch (ParameterNotFoundException e) {
            return new Lookup.NotThere("There is no parameter " + Quote.of(place.name()));
        } catch (SdkException e) {
            return new Lookup.Unreadable("Parameter Store does not give out " + Quote.of(place.name()) + ": "
                    + Refusal.of(e, "ssm:GetParameter, and kms:Decrypt for a SecureString under a key of your own"));
        }
    }
}
