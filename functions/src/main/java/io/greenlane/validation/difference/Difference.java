package io.greenlane.validation.difference;

/**
 * In what green's answers to one request differ from blue's.
 *
 * @param request its line, such as {@code GET /api/products}
 * @param path JSONPath with {@code [*]} for any index and {@code .*} for any name in a map, such as {@code $.products[*].price};
 *            name of the header; {@code status}
 * @param pairs answers of blue and green to the same request that could be compared in this
 * @param differing how many of them differ
 * @param noisePairs answers of blue and blue that could be compared in this
 * @param noiseDiffering how many of them differ
 * @param blue an example of what blue has, short and printable; may hold secrets that are to be masked; empty when green never differed
 * @param green what green has in its place
 * @param significant whether green differs more often than blue against blue, by more than chance and enough to matter
 */
public record Difference(String request, Kind kind, String path, int pairs, int differing, int noisePairs,
        int noiseDiffering, String blue, String green, boolean significant) {
    /** Share of the pairs that differ, 0 to 1. */
    public double share() {
        return share(differing, pairs);
    }

    /** The same of blue against blue. */
    public double noise() {
        return share(noiseDiffering, noisePairs);
    }

    private static double share(int some, int all) {
        return all == 0 ? 0 : (double) some / all;
    }
}
