package io.greenlane.aws;

import io.greenlane.json.Quote;
import io.greenlane.validation.source.Document;
import io.greenlane.validation.source.Documents.Lookup;
import io.greenlane.validation.source.LogFiles.Opening;
import io.greenlane.validation.source.SourceUri.S3Object;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Documents and logs in S3. */
final class S3Files {
    private static final String PERMISSIONS = "s3:GetObject on the object, and s3:ListBucket on its bucket to be told "
            + "when there is no such object";

    private final S3Client s3;

    S3Files(S3Client s3) {
        this.s3 = s3;
    }

    Lookup find(S3Object place) {
        try (ResponseInputStream<GetObjectResponse> content = get(place)) {
            byte[] bytes = content.readNBytes(Document.MOST_BYTES + 1);
            if (bytes.length > Document.MOST_BYTES) {
                content.abort();
                return Document.tooLarge(place);
            }
            GetObjectResponse answer = content.response();
            return Document.of(place, answer.versionId() != null ? answer.versionId() : answer.eTag(), bytes);
        } catch (NoSuchKeyException | NoSuchBucketException e) {
            return new Lookup.NotThere(notThere(place));
        } catch (SdkException e) {
            return new Lookup.Unreadable(refused(place, e));
        } catch (IOException e) {
            return new Lookup.Unreadable("The connection broke while " + place.text() + " was read: " + e);
        }
    }

    Opening open(S3Object place) {
        try {
            return new Opening.Opened(get(place));
        } catch (NoSuchKeyException | NoSuchBucketException e) {
            return new Opening.Unavailable(notThere(place));
        } catch (SdkException e) {
            return new Opening.Unavailable(refused(place, e));
        }
    }

    private ResponseInputStream<GetObjectResponse> get(S3Object place) {
        return s3.getObject(it -> it.bucket(place.bucket()).key(place.key()));
    }

    private static String notThere(S3Object place) {
        return "There is no object " + Quote.of(place.text());
    }

    private static String refused(S3Object place, SdkException failure) {
        return "S3 does not give out " + Quote.of(place.text()) + ": " + Refusal.of(failure, PERMISSIONS);
    }
}
