package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.template.Reviewed.Resource;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a reviewer asks of the templates.
 *
 * @param id short, as acknowledgements name it
 * @param demand one sentence
 * @param findings what does not meet it: the resource, a colon and what is wrong
 */
record ReviewRule(String id, String demand, Function<Reviewed, Stream<String>> findings) {
    /** Every resource of a type meets a condition. */
    static ReviewRule each(String id, String demand, String type, Predicate<Resource> holds) {
        return new ReviewRule(id, demand,
                it -> it.all(type).filter(holds.negate()).map(resource -> resource + ": " + demand));
    }
}
