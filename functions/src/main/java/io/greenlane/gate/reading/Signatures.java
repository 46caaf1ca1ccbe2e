package io.greenlane.gate.reading;

import io.greenlane.gate.Signature;
import io.greenlane.gate.cosign.CosignKey;
import io.greenlane.json.Quote;
import io.greenlane.validation.rules.yaml.Node;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.rules.yaml.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads whose signatures are trusted. */
final class Signatures {
    private static final int MOST = 10;
    private static final Pattern PROFILE = Pattern.compile(
            "arn:aws[a-z-]*:signer:[a-z0-9-]+:[0-9]{12}:/signing-profiles/[A-Za-z0-9_]{2,64}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}");

    private final Problems problems;

    Signatures(Problems problems) {
        this.problems = problems;
    }

    Signature read(Node node) {
        Section signature = Section.of(node, "'signature'", problems, "signer_profiles", "cosign", "wait");
        if (!signature.mentions("signer_profiles", "cosign")) {
            problems.add(signature.place(), "A signature is one by 'signer_profiles' or by 'cosign'; without either"
                    + " nobody is trusted.");
        }
        return new Signature(profiles(signature), keys(signature),
                GatesReader.wait(signature, Duration.ofMinutes(10)));
    }

    private List<String> profiles(Section signature) {
        signature.refuseEmpty("signer_profiles", "'signer_profiles' names nobody who is trusted.");
        List<String> profiles = new ArrayList<>();
        for (Node item : signature.list("signer_profiles", MOST)) {
            Scalar profile = Section.text("signer_profiles", item, problems);
            if (profile != null && PROFILE.matcher(profile.text()).matches()) {
                profiles.add(profile.text());
            } else if (profile != null) {
                problems.add(item.place(), "A signing profile is named by its ARN,"
                        + " arn:aws:signer:<region>:<account>:/signing-profiles/<name>, got " + Section.shown(item)
                        + ".");
            }
        }
        return profiles;
    }

    private List<CosignKey> keys(Section signature) {
        Node node = signature.find("cosign");
        if (node == null) {
            return List.of();
        }
        Section cosign = Section.of(node, "'cosign'", problems, "keys");
        cosign.required("keys");
        cosign.refuseEmpty("keys", "'keys' has none that is trusted.");
        List<CosignKey> keys = new ArrayList<>();
        for (Node item : cosign.list("keys", MOST)) {
            CosignKey key = key(Section.of(item, "a key", problems, "name", "pem"));
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** What stands as a key is never shown: it may be a private one, by mistake. */
    private @Nullable CosignKey key(Section key) {
        key.required("name");
        key.required("pem");
        Scalar name = key.text("name");
        if (name != null && !NAME.matcher(name.text()).matches()) {
            problems.add(name.place(), "The name of a key has 1 to 64 letters, digits, spaces, '.', '_' or '-', got "
                    + Quote.of(name.text()) + ".");
            return null;
        }
        Scalar pem = key.text("pem");
        if (name == null || pem == null) {
            return null;
        }
        try {
            return CosignKey.read(name.text(), pem.text());
        } catch (IllegalArgumentException e) {
            problems.add(pem.place(), "Key " + Quote.of(name.text()) + " cannot be used: " + e.getMessage() + ".");
            return null;
        }
    }
}
