package io.greenlane.rehearsal.show;

/** Where the rehearsal is seen. Called from one thread at a time. */
interface Screen {
    /** Something that is said once. */
    void say(Mark mark, String sentence);

    /** A release begins; its steps follow. */
    void open(String release, String title);

    /** A step of an open release is new or has changed. */
    void step(String release, Step step);

    /** A release has ended. */
    void close(String release, Mark mark, String outcome);

    /** Time has passed: progress and counts may be drawn again. */
    void tick(Visitors.Tally production);

    /** Text of several lines, after everything else. */
    void print(String text);
}
