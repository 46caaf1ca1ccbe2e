package io.greenlane.image;

/** The image of the push is no longer there, or can no longer be pulled; the release ends as IMAGE_GONE. */
public final class ImageGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ImageGoneException(String sentence) {
        super(sentence);
    }
}
