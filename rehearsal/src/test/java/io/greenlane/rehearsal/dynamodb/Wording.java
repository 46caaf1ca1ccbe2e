package io.greenlane.rehearsal.dynamodb;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The sentences of errors, without what DynamoDB Local is known to word otherwise than AWS. */
final class Wording {
    private static final String MISFIT = "(the key does not fit the schema)";
    private static final String INDEX_MISFIT = "(the key of an index has another type)";
    private static final List<Rewriting> REWRITINGS = List.of(
            // AWS names key and types when an item is put, and has one sentence for all other operations.
            new Rewriting("One or more parameter values were invalid: Type mismatch for key.*", MISFIT),
            new Rewriting("The provided key element does not match the schema", MISFIT),
            // AWS names key, types and index when an item is put.
            new Rewriting("One or more parameter values were invalid: Type mismatch for Index Key.*", INDEX_MISFIT),
            new Rewriting("Invalid attribute value type", INDEX_MISFIT),
            new Rewriting("The update expression attempted to update the secondary index key to unsupported type",
                    INDEX_MISFIT),
            // AWS names the element.
            new Rewriting("(Query condition missed key schema element).*", "$1"),
            // AWS shows the elements.
            new Rewriting(".*Input collection .*contains duplicates.*", "(duplicates in a set)"),
            // A set in no particular order.
            new Rewriting("(.*Invalid attribute type name found; type: .*), valid types: .*", "$1"),
            // DynamoDB Local shows numbers as they were given.
            new Rewriting("(.*The BETWEEN operator requires upper bound) .*", "$1"),
            // Of several such operands DynamoDB Local names the last.
            new Rewriting("(.*Incorrect operand type for operator or function); .*", "$1"),
            // Of several such attributes each names another.
            new Rewriting("(Key attributes must be scalars); .*", "$1"));
    private static final Pattern WHATEVER_THE_ITEM = Pattern.compile("Key attributes must be scalars.*"
            + "|.*This attribute is part of the key|.*for a key attribute cannot contain an empty.*");
    private static final Pattern ABOUT_EXPRESSIONS = Pattern
            .compile("Invalid \\w+Expression: .*|\\(duplicates in a set\\)");

    private static final Set<String> OF_ITEM = Set.of(
            "The document path provided in the update expression is invalid for update",
            "The provided expression refers to an attribute that does not exist in the item",
            "An operand in the update expression has an incorrect data type");

    private Wording() {}

    /**
     * Whether two answers are the same.
     *
     * @param isTransaction several operations, each with its faults
     */
    static boolean agree(Answer local, Answer ours, boolean isTransaction) {
        if (local instanceof Answer.Refused theirs && ours instanceof Answer.Refused refused) {
            return theirs.code().equals(refused.code()) && (same(theirs.message(), refused.message())
                    || ofOneRequest(theirs.message(), refused.message())
                    || (isTransaction && ofOneRequest(refused.message(), theirs.message())));
        }
        if (local instanceof Answer.Cancelled theirs && ours instanceof Answer.Cancelled cancelled) {
            return general(theirs).equals(general(cancelled));
        }
        return local.equals(ours);
    }

    private static boolean same(String local, String ours) {
        return general(local).equals(general(ours));
    }

    /**
     * Whether both can be said of a request with several faults. AWS reads expressions before it looks at the table,
     * DynamoDB Local has checked the key by then; which of several wrong keys, or of several operands of an update that do
     * not fit the item, is named first is not documented.
     */
    private static boolean ofOneRequest(String local, String ours) {
        if (isAboutItem(local) && isAboutItem(ours)) {
            return true;
        }
        return isAboutKeys(local) && (isAboutKeys(ours) || ABOUT_EXPRESSIONS.matcher(general(ours)).matches());
    }

    /** Whether both can be said of one operation of a transaction. */
    static boolean ofOneItem(String local, String ours) {
        return same(local, ours) || (isAboutItem(local) && isAboutItem(ours));
    }

    /** Whether it says that an update does not fit the item as it is. */
    static boolean isAboutItem(String message) {
        return OF_ITEM.contains(message);
    }

    /** Whether it says that the keys in a request can never be right. */
    static boolean isWhateverTheItem(String message) {
        return WHATEVER_THE_ITEM.matcher(general(message)).matches();
    }

    private static boolean isAboutKeys(String message) {
        return isWhateverTheItem(message) || Set.of(MISFIT, INDEX_MISFIT).contains(general(message));
    }

    private static List<Answer.Reason> general(Answer.Cancelled cancelled) {
        return cancelled.reasons().stream().map(reason -> new Answer.Reason(reason.code(), general(reason.message())))
                .toList();
    }

    private static String general(String message) {
        for (Rewriting rewriting : REWRITINGS) {
            if (message.matches(rewriting.sentence())) {
                return message.replaceFirst(rewriting.sentence(), rewriting.replacement());
            }
        }
        return message;
    }

    /** @param sentence a regular expression for the whole of it */
    private record Rewriting(String sentence, String replacement) {}
}
