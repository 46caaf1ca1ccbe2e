package io.greenlane.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageLookupTest {
    @Test
    void a_manifest_that_must_be_there_is_given_or_its_absence_told() {
        Manifest manifest = new Manifest("application/vnd.oci.image.index.v1+json", Map.of());

        assertThat(new ImageLookup.Found(manifest).orGone()).isEqualTo(manifest);
        assertThatExceptionOfType(ImageGoneException.class).isThrownBy(new ImageLookup.Gone("It was deleted.")::orGone)
                .withMessage("It was deleted.");
        assertThatExceptionOfType(ImageGoneException.class)
                .isThrownBy(new ImageLookup.Unreadable("It is no JSON.")::orGone).withMessage("It is no JSON.");
    }
}
