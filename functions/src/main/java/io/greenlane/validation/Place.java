package io.greenlane.validation;

/**
 * Where a rule stands.
 *
 * @param source name of the file, for example {@code ssm:/greenlane/shop/validation}
 * @param line counted from 1; 0 for a rule that stands in no file
 * @param column counted from 1
 */
public record Place(String source, int line, int column) {
    /** As it stands in a sentence, such as {@code validation.yaml line 41}. */
    @Override
    public String toString() {
        return line == 0 ? source : source + " line " + line;
    }
}
