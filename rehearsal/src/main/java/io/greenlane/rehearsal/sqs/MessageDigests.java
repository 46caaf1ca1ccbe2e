package io.greenlane.rehearsal.sqs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The MD5 digests by which a client of SQS can tell a damaged message; hex in lower case. */
final class MessageDigests {
    private static final byte TEXT = 1;
    private static final byte BINARY = 2;

    private MessageDigests() {}

    static String ofBody(String body) {
        return md5(body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The digest over attributes in the order of their names: each name, data type and value with its length before it, and a
     * byte that tells text from binary before the value (SQS guide, calculating the MD5 message digest).
     */
    static String ofAttributes(Map<String, MessageAttributeValue> attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new TreeMap<>(attributes).forEach((name, value) -> {
            write(bytes, name.getBytes(StandardCharsets.UTF_8));
            write(bytes, value.dataType().getBytes(StandardCharsets.UTF_8));
            boolean text = value.stringValue() != null;
            bytes.write(text ? TEXT : BINARY);
            write(bytes, text
                    ? value.stringValue().getBytes(StandardCharsets.UTF_8)
                    : value.binaryValue().asByteArray());
        });
        return md5(bytes.toByteArray());
    }

    private static void write(ByteArrayOutputStream bytes, byte[] field) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
        bytes.writeBytes(field);
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
