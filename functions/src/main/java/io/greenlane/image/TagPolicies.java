package io.greenlane.image;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * The tags that a service follows.
 *
 * @param policies a tag is taken when one of them takes it; empty means any tag
 */
public record TagPolicies(List<TagPolicy> policies) {
    /** Every tag. */
    public static final TagPolicies ANY = new TagPolicies(List.of());

    public TagPolicies {
        policies = List.copyOf(policies);
    }

    /**
     * Decides in bounded time.
     *
     * @param held asks for all tags that the repository holds; called only when a rule compares with them
     */
    public TagDecision decide(Tag tag, Supplier<? extends Collection<Tag>> held) {
        if (policies.isEmpty()) {
            return new TagDecision.Taken("any tag");
        }
        List<String> reasons = new ArrayList<>();
        for (TagPolicy policy : policies) {
            switch (policy.decide(tag, held)) {
                case TagDecision.Taken taken -> {
                    return taken;
                }
                case TagDecision.NotTaken notTaken -> reasons.add(notTaken.reason());
            }
        }
        return new TagDecision.NotTaken(String.join(", ", reasons));
    }
}
