package io.greenlane.validation.run;

import io.greenlane.validation.Finding;
import java.util.List;

/** The turn of one rule in the course of a validation. */
interface Turn {
    /**
     * Takes the turn.
     *
     * @return with the rule's findings and one step further; with the same steps when the slice ended before the rule did
     */
    Progress take(Progress before, Left left);

    /**
     * What is found when the time of the hook is over before the rule is done.
     *
     * @param why a clause without its full stop
     */
    List<Finding> late(Progress before, String why);
}
