package io.greenlane.image;

/** The answer to the question for an image. */
public sealed interface ImageLookup {
    /** It is there and can be pulled. */
    record Found(Manifest manifest) implements ImageLookup {}

    /** It is not, or can no longer be pulled; {@code reason} is a sentence. */
    record Gone(String reason) implements ImageLookup {}

    /** It is there, but its manifest is not readable; {@code reason} is a sentence. */
    record Unreadable(String reason) implements ImageLookup {}

    /** The manifest of an image that must be there, otherwise an {@link ImageGoneException}. */
    default Manifest orGone() {
        return switch (this) {
            case Found found -> found.manifest();
            case Gone gone -> throw new ImageGoneException(gone.reason());
            case Unreadable unreadable -> throw new ImageGoneException(unreadable.reason());
        };
    }
}
