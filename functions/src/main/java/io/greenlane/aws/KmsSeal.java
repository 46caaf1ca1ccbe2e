package io.greenlane.aws;

import io.greenlane.release.Seal;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsInvalidMacException;
import software.amazon.awssdk.services.kms.model.MacAlgorithmSpec;

/** Codes of an HMAC key that never leaves KMS. A role may make them, or look at them, as the key's policy says. */
public final class KmsSeal implements Seal {
    private final KmsClient kms;
    private final String keyArn;

    public KmsSeal(KmsClient kms, String keyArn) {
        this.kms = kms;
        this.keyArn = keyArn;
    }

    @Override
    public String of(String text) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(kms.generateMac(call -> call.keyId(keyArn)
                    .macAlgorithm(MacAlgorithmSpec.HMAC_SHA_256).message(SdkBytes.fromUtf8String(text))).mac()
                    .asByteArrayUnsafe());
        } catch (SdkException e) {
            throw unusable(e, "kms:GenerateMac");
        }
    }

    @Override
    public boolean fits(String code, String text) {
        try {
            return kms.verifyMac(call -> call.keyId(keyArn).macAlgorithm(MacAlgorithmSpec.HMAC_SHA_256)
                    .message(SdkBytes.fromUtf8String(text))
                    .mac(SdkBytes.fromByteArray(Base64.getUrlDecoder().decode(code)))).macValid();
        } catch (KmsInvalidMacException e) {
            return false;
        } catch (SdkException e) {
            throw unusable(e, "kms:VerifyMac");
        }
    }

    private UnusableSealException unusable(SdkException failure, String permission) {
        return new UnusableSealException("KMS does not use the key " + keyArn + ": "
                + Refusal.of(failure, permission + " by the policy of the key"));
    }
}
