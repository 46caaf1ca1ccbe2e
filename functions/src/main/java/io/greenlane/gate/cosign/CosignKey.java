package io.greenlane.gate.cosign;

import static java.math.BigInteger.ZERO;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.EllipticCurve;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A public key whose signatures are trusted.
 *
 * @param name for people
 * @param key ECDSA on P-256, P-384 or P-521, Ed25519, or RSA of 2048 to 4096 bits
 */
public record CosignKey(String name, PublicKey key) {
    private static final Pattern PEM = Pattern
            .compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final String WANTED = "the PEM of a public key, '-----BEGIN PUBLIC KEY-----' and so on, as"
            + " 'cosign public-key' prints it";
    private static final String UNKNOWN = "it is no key of a kind that is known here: ECDSA on P-256, P-384 or P-521,"
            + " Ed25519, or RSA";
    private static final int SMALLEST_RSA = 2048;
    private static final int LARGEST_RSA = 4096;

    /**
     * Reads a key; an {@link IllegalArgumentException} says what it is instead, and never shows it.
     *
     * @param pem a PEM block of a SubjectPublicKeyInfo (RFC 7468)
     */
    public static CosignKey read(String name, String pem) {
        Matcher block = PEM.matcher(pem.strip());
        if (!block.matches()) {
            throw new IllegalArgumentException("it is not " + WANTED);
        }
        if (block.group(1).endsWith("PRIVATE KEY")) {
            throw new IllegalArgumentException("it is a private key, which whoever can read this file has now: make"
                    + " another key pair, and write " + WANTED);
        }
        if (!block.group(1).equals("PUBLIC KEY")) {
            throw new IllegalArgumentException("it is the PEM of a " + block.group(1) + ", not " + WANTED);
        }
        return new CosignKey(name, key(block.group(2)));
    }

    private static PublicKey key(String base64) {
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it is not " + WANTED + ": what stands between is no base64", e);
        }
        for (String algorithm : List.of("EC", "Ed25519", "RSA")) {
            PublicKey key = key(algorithm, encoded);
            if (key != null) {
                return usable(key);
            }
        }
        throw new IllegalArgumentException(UNKNOWN);
    }

    private static @Nullable PublicKey key(String algorithm, byte[] encoded) {
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + algorithm, e);
        }
    }

    private static PublicKey usable(PublicKey key) {
        if (key instanceof ECPublicKey ec) {
            requireKnown(ec);
        }
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            if (bits < SMALLEST_RSA || bits > LARGEST_RSA) {
                throw new IllegalArgumentException("an RSA key has " + SMALLEST_RSA + " to " + LARGEST_RSA
                        + " bits, this one has " + bits);
            }
        }
        return key;
    }

    /** The JDK reads more curves than it verifies with, and a point that a slip of the pen has moved off its curve. */
    private static void requireKnown(ECPublicKey key) {
        EllipticCurve curve = key.getParams().getCurve();
        if (Stream.of("secp256r1", "secp384r1", "secp521r1").noneMatch(name -> curve(name).equals(curve))) {
            throw new IllegalArgumentException(UNKNOWN);
        }
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = key.getW().getAffineX();
        BigInteger y = key.getW().getAffineY();
        if (!x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).subtract(y.pow(2)).mod(p).equals(ZERO)) {
            throw new IllegalArgumentException("it is damaged: its point is not on its curve");
        }
    }

    private static EllipticCurve curve(String name) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(name));
            return parameters.getParameterSpec(ECParameterSpec.class).getCurve();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + name, e);
        }
    }

    /** Whether the key has signed the message. What is no signature at all was not made by it either. */
    boolean signed(byte[] message, byte[] signature) {
        return schemes().stream().anyMatch(scheme -> signed(scheme, message, signature));
    }

    /**
     * How cosign signs with such a key, and how it did: version 2 takes SHA-256 whatever the curve is, and Ed25519 as it is;
     * version 3 and KMS take the hash that belongs to the curve, and version 3 Ed25519ph.
     */
    private List<String> schemes() {
        return switch (key) {
            case ECPublicKey ec -> switch (ec.getParams().getOrder().bitLength()) {
                case 256 -> List.of("SHA256withECDSA");
                case 384 -> List.of("SHA384withECDSA", "SHA256withECDSA");
                default -> List.of("SHA512withECDSA", "SHA256withECDSA");
            };
            case EdECPublicKey ed -> List.of("Ed25519", "Ed25519ph");
            default -> List.of("SHA256withRSA");
        };
    }

    private boolean signed(String scheme, byte[] message, byte[] signature) {
        try {
            boolean hashedBefore = scheme.equals("Ed25519ph");
            Signature verifier = Signature.getInstance(hashedBefore ? "Ed25519" : scheme);
            if (hashedBefore) {
                verifier.setParameter(new EdDSAParameterSpec(true));
            }
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException | InvalidKeyException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + scheme, e);
        }
    }
}
