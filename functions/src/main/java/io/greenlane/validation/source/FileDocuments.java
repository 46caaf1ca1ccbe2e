package io.greenlane.validation.source;

import io.greenlane.json.Quote;
import io.greenlane.json.Sha256;
import io.greenlane.validation.source.SourceUri.LocalFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files of this machine; every other place is for a deployed function. */
public final class FileDocuments implements Documents, LogFiles {
    private static final String NOT_HERE = " is a place on AWS; here only file: is read";

    private static final String NO_FILE = " is not a regular file";

    @Override
    public Lookup find(SourceUri uri) {
        if (!(uri instanceof LocalFile(Path path))) {
            return new Lookup.Unreadable(uri.text() + NOT_HERE);
        }
        if (isSomethingElse(path)) {
            return new Lookup.Unreadable(uri.text() + NO_FILE);
        }
        try (InputStream file = Files.newInputStream(path)) {
            byte[] bytes = file.readNBytes(Document.MOST_BYTES + 1);
            return Document.of(uri, "sha256:" + Sha256.hex(bytes), bytes);
        } catch (NoSuchFileException e) {
            return new Lookup.NotThere("There is no file " + Quote.of(path.toString()));
        } catch (IOException e) {
            return new Lookup.Unreadable(uri.text() + " cannot be read: " + e);
        }
    }

    @Override
    public Opening open(SourceUri uri) {
        if (!(uri instanceof LocalFile(Path path))) {
            return new Opening.Unavailable(uri.text() + NOT_HERE);
        }
        if (isSomethingElse(path)) {
            return new Opening.Unavailable(uri.text() + NO_FILE);
        }
        try {
            return new Opening.Opened(Files.newInputStream(path));
        } catch (NoSuchFileException e) {
            return new Opening.Unavailable("There is no file " + Quote.of(path.toString()));
        } catch (IOException e) {
            return new Opening.Unavailable(uri.text() + " cannot be read: " + e);
        }
    }

    /** A device or a pipe might never end. */
    private static boolean isSomethingElse(Path path) {
        return Files.exists(path) && !Files.isRegularFile(path);
    }
}
