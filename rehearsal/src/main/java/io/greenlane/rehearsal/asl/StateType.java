package io.greenlane.rehearsal.asl;

import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** The eight types of states. */
public enum StateType {
    PASS("Pass"), TASK("Task"), CHOICE("Choice"), WAIT("Wait"), SUCCEED("Succeed"), FAIL("Fail"), PARALLEL(
            "Parallel"), MAP(
                    "Map");

    private final String word;

    StateType(String word) {
        this.word = word;
    }

    /** The type as written in a definition. */
    public String word() {
        return word;
    }

    HistoryEventType entered() {
        return HistoryEventType.fromValue(word + "StateEntered");
    }

    HistoryEventType exited() {
        return HistoryEventType.fromValue(word + "StateExited");
    }

    /** Whether Retry and Catch are allowed. */
    boolean canFailSoftly() {
        return this == TASK || this == PARALLEL || this == MAP;
    }

    static Optional<StateType> of(String word) {
        for (StateType type : values()) {
            if (type.word.equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
