package io.greenlane.validation.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.validation.source.Documents.Lookup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {
    private static final SourceUri PLACE = SourceUri.usualOf("shop");
    private final FileDocuments files = new FileDocuments();

    @TempDir
    Path folder;

    @Test
    void a_document_is_text_in_utf_8_without_its_byte_order_mark() {
        assertThat(Document.of(PLACE, "3", "\uFEFFä: 1".getBytes(UTF_8)))
                .isEqualTo(new Lookup.Found(new Document("ssm:/greenlane/shop/validation", "3", "ä: 1")));
        assertThat(Document.of(PLACE, "3", new byte[]{'a', (byte) 0xff}))
                .isEqualTo(new Lookup.Unreadable("ssm:/greenlane/shop/validation is no text in UTF-8"));
    }

    @Test
    void a_document_is_at_most_256_kib() {
        assertThat(Document.of(PLACE, "", new byte[Document.MOST_BYTES])).isInstanceOf(Lookup.Found.class);
        assertThat(Document.of(PLACE, "", new byte[Document.MOST_BYTES + 1]))
                .isEqualTo(new Lookup.Unreadable("ssm:/greenlane/shop/validation has more than 256 KiB"));
    }

    @Test
    void a_packed_text_is_unpacked() throws IOException {
        assertThat(CompressedText.bytes(packed("a: {{image.digest}}".getBytes(UTF_8))))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString(UTF_8).isEqualTo("a: {{image.digest}}"));
        assertThat(CompressedText.bytes("version: 1")).hasValueSatisfying(
                bytes -> assertThat(bytes).asString(UTF_8).isEqualTo("version: 1"));
    }

    @Test
    void a_packed_text_is_never_unpacked_further_than_a_document_may_go() throws IOException {
        assertThat(CompressedText.bytes(packed(new byte[50_000_000])))
                .hasValueSatisfying(bytes -> assertThat(bytes).hasSize(Document.MOST_BYTES + 1));
    }

    @Test
    void a_packed_text_that_is_damaged_is_told() throws IOException {
        String packed = packed("some text".getBytes(UTF_8));

        assertThat(CompressedText.bytes(packed.substring(0, 20))).isEmpty();
        assertThat(CompressedText.bytes("H4sI and no more")).isEmpty();
        assertThat(CompressedText.bytes("H4sI")).isEmpty();
    }

    @Test
    void a_file_is_found_with_its_checksum_as_version() throws IOException {
        Path file = Files.writeString(folder.resolve("v.yaml"), "version: 1\n");

        assertThat(files.find(SourceUri.parse("file:" + file))).isEqualTo(new Lookup.Found(new Document("file:" + file,
                "sha256:09bfcc6a14b83e2192b8673677725c84883ee9cd0c70e45c9ec09daa8f2b2847",
                "version: 1\n")));
    }

    @Test
    void what_is_no_readable_file_is_said() {
        assertThat(files.find(SourceUri.parse("file:" + folder.resolve("none"))))
                .isInstanceOf(Lookup.NotThere.class);
        assertThat(files.find(SourceUri.parse("file:" + folder)))
                .isEqualTo(new Lookup.Unreadable("file:" + folder + " is not a regular file"));
        assertThat(files.find(SourceUri.parse("file:/dev/zero"))).isInstanceOf(Lookup.Unreadable.class);
        assertThat(files.find(PLACE)).isEqualTo(
                new Lookup.Unreadable("ssm:/greenlane/shop/validation is a place on AWS; here only file: is read"));
    }

    private static String packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return Base64.getMimeEncoder().encodeToString(out.toByteArray());
    }
}
