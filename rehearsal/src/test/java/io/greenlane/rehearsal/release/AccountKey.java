package io.greenlane.rehearsal.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A key of the account's own, with the policy that docs/security/key.md gives it. */
final class AccountKey {
    static final String ARN = VirtualCloud.ACCOUNT.arn("kms", "key/0d6b2b6a-9f5e-4c1e-8f0e-2f5b7a3c1d9e");
    /** What a key's policy leaves to the policies of roles (KMS guide, default key policy). */
    private static final Map<String, Object> REST = Map.of("Effect", "Allow", "Principal",
            Map.of("AWS", "arn:aws:iam::" + VirtualCloud.ACCOUNT.id() + ":root"), "Action", "kms:*", "Resource", "*");

    private AccountKey() {}

    /** Brings the key into a cloud where the parameters of its stack name it. */
    static void admit(VirtualCloud cloud, Map<String, String> parameters) {
        if (ARN.equals(parameters.get("KmsKeyArn"))) {
            List<Object> statements = new ArrayList<>(page());
            statements.add(REST);
            cloud.roles.addResourcePolicy(ARN, Map.of("Version", "2012-10-17", "Statement", statements));
        }
    }

    private static List<Map<String, Object>> page() {
        try {
            String page = Files.readString(SampleSite.root().resolve("docs/security/key.md"));
            int from = page.indexOf("```json\n") + "```json\n".length();
            return ScriptedFunctions.JSON.readValue(page.substring(from, page.indexOf("\n```", from))
                    .replace("REGION", VirtualCloud.ACCOUNT.region()).replace("ACCOUNT", VirtualCloud.ACCOUNT.id())
                    .replace("STACK", "greenlane"), new TypeReference<>() {
                    });
        } catch (JsonProcessingException notJson) {
            throw new AssertionError("The policy in docs/security/key.md is not JSON", notJson);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
