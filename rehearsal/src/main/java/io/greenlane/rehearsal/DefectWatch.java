package io.greenlane.rehearsal;

import io.greenlane.rehearsal.endpoint.CallObserver;
import java.util.function.Consumer;

/** Passes on what broke inside a simulated operation, of which the caller sees only a 500. */
final class DefectWatch implements CallObserver {
    private final Consumer<? super Throwable> report;

    DefectWatch(Consumer<? super Throwable> report) {
        this.report = report;
    }

    @Override
    public void ends(Call call, Ending ending) {
        if (ending instanceof Ending.Broke broke) {
            report.accept(
                    new IllegalStateException(call.operation() + " of " + call.service().signingName() + " broke: "
                            + broke.fault(), broke.fault()));
        }
    }
}
