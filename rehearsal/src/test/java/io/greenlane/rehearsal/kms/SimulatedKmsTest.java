package io.greenlane.rehearsal.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.endpoint.AwsDispatcher;
import io.greenlane.rehearsal.endpoint.CallObserver;
import io.greenlane.rehearsal.endpoint.InMemoryHttpClient;
import io.greenlane.rehearsal.endpoint.ServiceBinding;
import io.greenlane.rehearsal.iam.Roles;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.DryRunOperationException;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidMacException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.MacAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;

/** Keys for message authentication codes, as the SDK's own client sees them over the wire. */
final class SimulatedKmsTest {
    private static final MacAlgorithmSpec SHA_256 = MacAlgorithmSpec.HMAC_SHA_256;

    private final Roles roles = new Roles();
    private final VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
    private final SimulatedKms service = new SimulatedKms(new Account("111122223333", "eu-west-1"), timeline,
            new Random(1), roles::addResourcePolicy);
    private final KmsClient kms = KmsClient.builder().region(Region.EU_WEST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .endpointOverride(URI.create("http://127.0.0.1:1"))
            .httpClient(new InMemoryHttpClient(
                    new AwsDispatcher(timeline, List.of(ServiceBinding.of(service)), CallObserver.NONE)))
            .build();

    private String key() {
        return kms.createKey(create -> create.keySpec(KeySpec.HMAC_256).keyUsage(KeyUsageType.GENERATE_VERIFY_MAC))
                .keyMetadata().arn();
    }

    private static SdkBytes bytes(String text) {
        return SdkBytes.fromUtf8String(text);
    }

    private SdkBytes mac(String key, String message) {
        return kms.generateMac(make -> make.keyId(key).macAlgorithm(SHA_256).message(bytes(message))).mac();
    }

    private boolean verify(String key, String message, SdkBytes mac) {
        return kms.verifyMac(it -> it.keyId(key).macAlgorithm(SHA_256).message(bytes(message)).mac(mac)).macValid();
    }

    @Test
    void a_code_is_good_for_its_message_and_its_key_alone() {
        String key = key();
        SdkBytes mac = mac(key, "approve");

        assertThat(mac.asByteArray()).hasSize(32);
        assertThat(mac(key, "approve")).isEqualTo(mac);
        assertThat(verify(key, "approve", mac)).isTrue();
        assertThat(verify(key.substring(key.indexOf('/') + 1), "approve", mac)).isTrue();
        assertThatThrownBy(() -> verify(key, "approve all", mac)).isInstanceOf(KmsInvalidMacException.class);
        assertThatThrownBy(() -> verify(key(), "approve", mac)).isInstanceOf(KmsInvalidMacException.class);
        assertThatThrownBy(() -> verify(key, "approve", bytes("x"))).isInstanceOf(KmsInvalidMacException.class);
    }

    @Test
    void it_is_the_hmac_of_rfc_2104() throws GeneralSecurityException {
        HmacKey key = new HmacKey("1", "arn", KeySpec.HMAC_256, "", timeline.now(),
                "Jefe".getBytes(StandardCharsets.US_ASCII));

        assertThat(key.mac("what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII)))
                .as("RFC 4231, test case 2").asHexString()
                .isEqualToIgnoringCase("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void a_key_that_is_off_or_about_to_go_makes_and_checks_nothing() {
        String key = key();
        SdkBytes mac = mac(key, "a");
        kms.disableKey(it -> it.keyId(key));
        assertThatThrownBy(() -> mac(key, "a")).isInstanceOf(DisabledException.class);
        assertThatThrownBy(() -> verify(key, "a", mac)).isInstanceOf(DisabledException.class);
        kms.enableKey(it -> it.keyId(key));
        assertThat(verify(key, "a", mac)).isTrue();

        kms.scheduleKeyDeletion(it -> it.keyId(key).pendingWindowInDays(7));
        assertThatThrownBy(() -> mac(key, "a")).isInstanceOf(KmsInvalidStateException.class);
        assertThatThrownBy(() -> kms.enableKey(it -> it.keyId(key))).isInstanceOf(KmsInvalidStateException.class);
        kms.cancelKeyDeletion(it -> it.keyId(key));
        assertThat(kms.describeKey(it -> it.keyId(key)).keyMetadata().keyState()).isEqualTo(KeyState.DISABLED);

        kms.scheduleKeyDeletion(it -> it.keyId(key).pendingWindowInDays(7));
        timeline.advance(Duration.ofDays(7));
        assertThatThrownBy(() -> mac(key, "a")).isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Key '" + key + "' does not exist");
    }

    @Test
    void what_does_not_fit_the_key_is_refused() {
        String key = key();
        assertThatThrownBy(() -> kms.generateMac(
                it -> it.keyId(key).macAlgorithm(MacAlgorithmSpec.HMAC_SHA_512).message(bytes("a"))))
                .isInstanceOf(InvalidKeyUsageException.class);
        assertThatThrownBy(() -> mac(key, "x".repeat(4097))).isInstanceOf(KmsException.class)
                .hasMessageContaining("between 1 and 4096");
        assertThatThrownBy(() -> kms.generateMac(
                it -> it.keyId(key).macAlgorithm(SHA_256).message(bytes("a")).dryRun(true)))
                .isInstanceOf(DryRunOperationException.class);
        assertThatThrownBy(() -> kms.createKey(it -> it.keySpec(KeySpec.RSA_2048)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> mac("0a1b", "a")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void a_key_has_the_policy_that_it_is_given_and_else_leaves_all_to_the_account() {
        String key = key();
        assertThat(kms.getKeyPolicy(it -> it.keyId(key)).policy()).contains("arn:aws:iam::111122223333:root");
        kms.putKeyPolicy(it -> it.keyId(key).policy("{\"Version\": \"2012-10-17\", \"Statement\": []}"));

        assertThat(roles.resourcePolicy(key)).hasValueSatisfying(
                policy -> assertThat(policy).containsEntry("Statement", List.of()));
        assertThatThrownBy(() -> kms.putKeyPolicy(it -> it.keyId(key).policy("{}")))
                .isInstanceOf(MalformedPolicyDocumentException.class);
        assertThat(kms.listKeys().keys()).singleElement()
                .satisfies(entry -> assertThat(entry.keyArn()).isEqualTo(key));
    }
}
