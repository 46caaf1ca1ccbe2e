package io.greenlane.rehearsal.show;

import io.greenlane.validation.source.SourceUri;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** The validation.yaml of the sample website, published as its pipeline would: packed, since Parameter Store takes no double braces. */
final class ValidationFile {
    private static final Path IN_THE_SOURCE_TREE = Path.of("sample-website/deploy/validation.yaml");

    private ValidationFile() {}

    /**
     * Puts the file where the functions look for it.
     *
     * @param home the top of the source tree
     * @param service name of the ECS service
     */
    static void publish(SsmClient parameters, Path home, String service) {
        String packed = packed(home.resolve(IN_THE_SOURCE_TREE));
        parameters.putParameter(put -> put.name(SourceUri.usualOf(service).name()).type(ParameterType.STRING)
                .value(packed).overwrite(true));
    }

    private static String packed(Path file) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                Files.copy(file, gzip);
            }
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
