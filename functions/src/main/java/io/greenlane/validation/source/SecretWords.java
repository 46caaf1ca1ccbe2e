package io.greenlane.validation.source;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells which parts of a request look like secrets or like data of a person. A query parameter goes away when its name holds
 * {@link #PARTS} anywhere, or {@link #WORDS} as a word of its own ({@code api_key}, {@code apiKey}), or when its value is a
 * JSON Web Token or has an at sign.
 */
final class SecretWords {
    static final List<String> PARTS = List.of("token", "secret", "passw", "passphrase", "credential", "signature",
            "session", "email", "oauth", "authoriz", "authenti", "apikey", "accesskey", "privatekey", "bearer", "saml",
            "assertion", "csrf", "xsrf", "jwt", "cookie", "phone", "iban");
    static final Set<String> WORDS = Set.of("key", "code", "auth", "pass", "pwd", "pin", "otp", "sid", "sig", "mail",
            "login", "username", "ssn", "cvv", "card", "ticket", "nonce");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern WEB_TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_.-]*");
    private static final Pattern AT_SIGN = Pattern.compile("@|%40");

    private SecretWords() {}

    /** The query without its secrets; what is left keeps its order. */
    static String withoutSecrets(String query) {
        return Arrays.stream(query.split("&", -1)).filter(parameter -> !isSecret(parameter))
                .collect(Collectors.joining("&"));
    }

    /** Whether a segment of the path looks like a secret, or a parameter within the path does. */
    static boolean inPath(String path) {
        return hasSecretValue(path) || Arrays.stream(path.split("[;/]", -1))
                .anyMatch(part -> part.indexOf('=') >= 0 && isSecretName(part.substring(0, part.indexOf('='))));
    }

    private static boolean isSecret(String parameter) {
        int equals = parameter.indexOf('=');
        return isSecretName(equals < 0 ? parameter : parameter.substring(0, equals)) || hasSecretValue(parameter);
    }

    private static boolean hasSecretValue(String text) {
        return WEB_TOKEN.matcher(text).find() || AT_SIGN.matcher(text).find();
    }

    private static boolean isSecretName(String encoded) {
        String name = decoded(encoded);
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return PARTS.stream().anyMatch(letters::contains) || BETWEEN_WORDS.splitAsStream(name)
                .anyMatch(word -> WORDS.contains(word.toLowerCase(Locale.ROOT)));
    }

    /** Decoded twice: a name that hides behind two encodings is no less a secret. */
    private static String decoded(String encoded) {
        try {
            return URLDecoder.decode(URLDecoder.decode(encoded, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return encoded;
        }
    }
}
