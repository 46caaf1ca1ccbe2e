package io.greenlane.aws;

import io.greenlane.json.Quote;
import io.greenlane.validation.source.Secrets;
import io.greenlane.validation.source.SourceUri;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/**
 * Secrets in Parameter Store, and in Secrets Manager by the names that Parameter Store has for them,
 * {@code /aws/reference/secretsmanager/<name>} (Systems Manager guide, referencing secrets).
 */
public final class SsmSecrets implements Secrets {
    private final SsmClient ssm;
    private final List<String> paths;

    /**
     * Secrets of some paths.
     *
     * @param paths that names must begin with, each ending in a slash; the role of the function is limited to the same
     */
    public SsmSecrets(SsmClient ssm, List<String> paths) {
        paths.stream().filter(path -> !path.startsWith("/") || !path.endsWith("/")).findFirst().ifPresent(path -> {
            throw new IllegalArgumentException("A path of secrets begins and ends with a slash, got " + Quote.of(path));
        });
        this.ssm = ssm;
        this.paths = List.copyOf(paths);
    }

    @Override
    public String value(String name) {
        String parameter = parameter(name);
        try {
            return ssm.getParameter(it -> it.name(parameter).withDecryption(true)).parameter().value();
        } catch (ParameterNotFoundException e) {
            throw new SecretUnavailableException("There is no secret " + Quote.of(name));
        } catch (SdkException e) {
            throw new SecretUnavailableException("Parameter Store does not give out the secret " + Quote.of(name) + ": "
                    + Refusal.of(e, "ssm:GetParameter on it, kms:Decrypt for a key of your own, and "
                            + "secretsmanager:GetSecretValue for a secret of Secrets Manager"));
        }
    }

    private String parameter(String name) {
        String parameter;
        try {
            parameter = new SourceUri.Parameter(name).name();
        } catch (IllegalArgumentException e) {
            throw new SecretUnavailableException(Quote.of(name) + " is no name of a secret: " + e.getMessage());
        }
        if (paths.stream().noneMatch(parameter::startsWith)) {
            throw new SecretUnavailableException("The secret " + Quote.of(name) + " is outside of "
                    + String.join(" and ", paths) + ", which are all that may be referred to");
        }
        return parameter;
    }
}
