package io.greenlane.rehearsal.show;

import io.greenlane.report.ReportFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reports as files of this machine. */
final class ReportFolder implements ReportFiles {
    private final Path folder;

    ReportFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public void write(String name, String contentType, String text) {
        Path file = file(name);
        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file + ": " + e, e);
        }
    }

    @Override
    public @Nullable String read(String name) {
        Path file = file(name);
        try {
            return Files.exists(file) ? Files.readString(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e, e);
        }
    }

    private Path file(String name) {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder)) {
            throw new IllegalArgumentException(name + " is not inside of " + folder);
        }
        return file;
    }
}
