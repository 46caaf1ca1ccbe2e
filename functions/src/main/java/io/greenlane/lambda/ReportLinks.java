package io.greenlane.lambda;

import io.greenlane.hook.Verdicts;
import io.greenlane.release.ValidationReports;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Links to the validation reports in their bucket: the object's page in the console, where people have signed in and roles decide
 * who may read it; in a local cloud the object itself.
 *
 * @param region of the bucket
 * @param endpoint where AWS is instead of AWS itself; null in AWS
 */
record ReportLinks(Verdicts verdicts, String bucket, String region, @Nullable String endpoint)
        implements
            ValidationReports {
    /** Links into the bucket, in the region of the topic; {@code AWS_ENDPOINT_URL} is what the SDK goes by. */
    static ReportLinks of(Verdicts verdicts, String bucket, String topicArn, Map<String, String> environment) {
        return new ReportLinks(verdicts, bucket, topicArn.split(":", -1)[3], environment.get("AWS_ENDPOINT_URL"));
    }

    @Override
    public @Nullable String link(String deploymentId) {
        String report = verdicts.report(deploymentId);
        if (report == null) {
            return null;
        }
        return endpoint == null
                ? "https://" + region + ".console.aws.amazon.com/s3/object/" + bucket + "?region=" + region + "&prefix="
                        + URLEncoder.encode(report, StandardCharsets.UTF_8)
                : endpoint + "/" + bucket + "/" + report;
    }
}
