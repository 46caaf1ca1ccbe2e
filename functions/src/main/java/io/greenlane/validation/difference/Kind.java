package io.greenlane.validation.difference;

/** In what two answers to the same request differ, the worst first. */
public enum Kind {
    /** The status; nothing else of such a pair is compared. */
    STATUS(Part.STATUS),
    /** A chosen header: its path is the header's name. */
    HEADER(Part.HEADERS),
    /** A member that blue's objects have and green's have not, or not as often; or a whole body. */
    MISSING(Part.BODIES),
    /** Types, such as null for a list; text that is no JSON is a type of a body. */
    TYPE(Part.BODIES),
    /** Length of a list, or number of entries in a map. */
    COUNT(Part.BODIES),
    /** Texts, numbers, truth values, whatever their order. */
    VALUE(Part.BODIES),
    /** A list has the same in it, in another order. */
    ORDER(Part.BODIES),
    /** A member that only green has, or has more often: told, never a failure. */
    ADDED(Part.BODIES);

    private final Part part;

    Kind(Part part) {
        this.part = part;
    }

    /** What of an answer it is about. */
    public Part part() {
        return part;
    }

    /** Whether green fails by it. */
    public boolean harmful() {
        return this != ADDED;
    }

    /** What of answers is compared, each by a line of its own in the file. */
    public enum Part {
        STATUS("status"), HEADERS("headers"), BODIES("bodies");

        private final String word;

        Part(String word) {
            this.word = word;
        }

        /** As it stands in the file. */
        public String word() {
            return word;
        }
    }
}
