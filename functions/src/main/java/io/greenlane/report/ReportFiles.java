package io.greenlane.report;

import org.jspecify.annotations.Nullable;

/** Where reports are kept, by name. */
public interface ReportFiles {
    /**
     * Writes a file, in place of one of the same name if there is one.
     *
     * @param name with slashes between folders
     * @param contentType for example {@code text/html; charset=utf-8}
     */
    void write(String name, String contentType, String text);

    /** The text of a file; null when there is none of that name. */
    @Nullable
    String read(String name);
}
