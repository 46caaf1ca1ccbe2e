package io.greenlane.rehearsal.show;

/** How a step stands. */
enum Mark {
    RUNNING("◷", Terminal.Style.WAITING), DONE("✔", Terminal.Style.GOOD), FAILED("✖", Terminal.Style.BAD), SKIPPED("◌",
            Terminal.Style.FAINT), NOTE("•",
                    Terminal.Style.NAME), WARNED("⚠", Terminal.Style.WAITING), UNSURE("?", Terminal.Style.WAITING);

    private final String symbol;
    private final Terminal.Style style;

    Mark(String symbol, Terminal.Style style) {
        this.symbol = symbol;
        this.style = style;
    }

    String symbol() {
        return symbol;
    }

    Terminal.Style style() {
        return style;
    }
}
