package io.greenlane.release;

/**
 * What became of something that a person wants.
 *
 * @param changed false when it was so before
 * @param entryId of the ledger's entry that may have something to tell of it, see {@link Outbox#announce}
 * @param sentence for people
 */
public record Done(boolean changed, String entryId, String sentence) {}
