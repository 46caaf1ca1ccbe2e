package io.greenlane.rehearsal.dynamodb;

import java.util.Optional;
import java.util.stream.Stream;

/** Where DynamoDB Local is known to answer otherwise than AWS, and ours as AWS. */
enum KnownDifference {
    /**
     * A request that makes no sense whatever the item is refused before its conditions are asked. DynamoDB Local looks
     * at the paths of updates and of condition checks, and at the empty index keys of a transaction, only when it comes
     * to them.
     */
    REFUSED_BEFORE_CONDITIONS {
        @Override
        boolean covers(Answer local, Answer ours) {
            return !(local instanceof Answer.Refused theirs && !Wording.isAboutItem(theirs.message()))
                    && ours instanceof Answer.Refused refused && Wording.isWhateverTheItem(refused.message());
        }
    },

    /**
     * An update that does not fit its item cancels a transaction with a reason for that item (API reference,
     * TransactionCanceledException, the messages of ValidationError). DynamoDB Local refuses the request, and so it does
     * a put with a document or a set for the key of an index.
     */
    REASON_OF_ONE_ITEM {
        @Override
        boolean covers(Answer local, Answer ours) {
            return local instanceof Answer.Refused refused && ours instanceof Answer.Cancelled cancelled
                    && cancelled.reasons().stream().anyMatch(reason -> reason.code().equals("ValidationError")
                            && Wording.ofOneItem(refused.message(), reason.message()));
        }
    },

    /**
     * The key of an index can only be updated to its type (API reference, TransactionCanceledException, "unsupported
     * type"). DynamoDB Local takes another type while the item is not in the index.
     */
    INDEX_KEY_OF_ANOTHER_TYPE {
        @Override
        boolean covers(Answer local, Answer ours) {
            return local instanceof Answer.Done && Stream.of(ours).flatMap(KnownDifference::messages)
                    .anyMatch(message -> message.endsWith("the secondary index key to unsupported type"));
        }
    };

    /** Whether it explains that the answers differ. */
    abstract boolean covers(Answer local, Answer ours);

    static Optional<KnownDifference> between(Answer local, Answer ours) {
        return Stream.of(values()).filter(known -> known.covers(local, ours)).findFirst();
    }

    private static Stream<String> messages(Answer answer) {
        return switch (answer) {
            case Answer.Refused refused -> Stream.of(refused.message());
            case Answer.Cancelled cancelled -> cancelled.reasons().stream().map(Answer.Reason::message);
            default -> Stream.of();
        };
    }
}
