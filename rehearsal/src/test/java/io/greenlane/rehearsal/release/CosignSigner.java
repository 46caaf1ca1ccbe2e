package io.greenlane.rehearsal.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Signs images with a key and pushes what it made, as cosign does it (cosign, SIGNATURE_SPEC and BUNDLE_SPEC): version 2 under the
 * signature tag, version 3 as an artifact that refers to the image.
 */
public final class CosignSigner {
    private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final String IN_TOTO = "application/vnd.in-toto+json";

    private final KeyPair keys;

    public CosignSigner() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            this.keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gates that trust nobody else. */
    public String gates() {
        return "{ version: 1, platform: false, signature: { cosign: { keys: [ { name: ci, pem: '-----BEGIN PUBLIC KEY-----"
                + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())
                + "-----END PUBLIC KEY-----' } ] } } }";
    }

    /** {@code cosign sign --key} of version 2. */
    public void tag(VirtualCloud cloud, String repository, String image) {
        String payload = "{\"critical\":{\"identity\":{\"docker-reference\":\"" + repository + "\"},\"image\":"
                + "{\"docker-manifest-digest\":\"" + image + "\"},\"type\":\"cosign container image signature\"},"
                + "\"optional\":null}";
        String layers = layer(SampleImages.pushBlob(cloud, repository, payload.getBytes(UTF_8)), payload,
                "application/vnd.dev.cosign.simplesigning.v1+json",
                "\"dev.cosignproject.cosign/signature\":\"" + sign(payload) + "\"");
        put(cloud, repository, image.replace(':', '-') + ".sig", "{\"schemaVersion\":2,\"mediaType\":"
                + "\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                + config(cloud, repository, "application/vnd.oci.image.config.v1+json") + ",\"layers\":[" + layers
                + "]}");
    }

    /** {@code cosign sign --key} of version 3. */
    public void attach(VirtualCloud cloud, String repository, String image) {
        attach(cloud, repository, image, "https://sigstore.dev/cosign/sign/v1", true);
    }

    /** {@code cosign attest --key} of version 3, or another tool that leaves out what the artifact is about. */
    public void attest(VirtualCloud cloud, String repository, String image, boolean says) {
        attach(cloud, repository, image, "https://slsa.dev/provenance/v1", says);
    }

    private void attach(VirtualCloud cloud, String repository, String image, String predicateType, boolean says) {
        String statement = "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"digest\":{\"sha256\":\""
                + image.substring("sha256:".length()) + "\"}}],\"predicateType\":\"" + predicateType
                + "\",\"predicate\":{}}";
        String bundle = "{\"mediaType\":\"" + BUNDLE + "\",\"verificationMaterial\":{\"publicKey\":{\"hint\":\"\"}},"
                + "\"dsseEnvelope\":{\"payload\":\"" + Base64.getEncoder().encodeToString(statement.getBytes(UTF_8))
                + "\",\"payloadType\":\"" + IN_TOTO + "\",\"signatures\":[{\"sig\":\""
                + sign("DSSEv1 " + IN_TOTO.length() + " " + IN_TOTO + " " + statement.length() + " " + statement)
                + "\"}]}}";
        String layers = layer(SampleImages.pushBlob(cloud, repository, bundle.getBytes(UTF_8)), bundle, BUNDLE, "");
        put(cloud, repository, null,
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                        + "\"artifactType\":\"" + BUNDLE + "\",\"config\":"
                        + config(cloud, repository, "application/vnd.oci.empty.v1+json") + ",\"layers\":[" + layers
                        + "],\"subject\":{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\""
                        + image
                        + "\",\"size\":1}" + (says
                                ? ",\"annotations\":{\"dev.sigstore.bundle.content\":\"dsse-envelope\","
                                        + "\"dev.sigstore.bundle.predicateType\":\"" + predicateType + "\"}"
                                : "")
                        + "}");
    }

    private static String layer(String digest, String content, String type, String annotations) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":"
                + content.getBytes(UTF_8).length + ",\"annotations\":{" + annotations + "}}";
    }

    private static String config(VirtualCloud cloud, String repository, String type) {
        return layer(SampleImages.pushBlob(cloud, repository, "{}".getBytes(UTF_8)), "{}", type, "");
    }

    private static void put(VirtualCloud cloud, String repository, @Nullable String tag, String manifest) {
        cloud.ecr.putImage(it -> it.repositoryName(repository).imageTag(tag).imageManifest(manifest));
    }

    private String sign(String message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(message.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
