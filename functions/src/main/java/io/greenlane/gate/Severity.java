package io.greenlane.gate;

import java.util.Locale;

/** How bad a finding of a scan is, worst first (ECR API, FindingSeverity). */
public enum Severity {
    CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL,
    /** Nobody has said yet, or in a word that is not known here. */
    UNDEFINED;

    /** Reads the word of a scanner; Inspector says UNTRIAGED for what ECR calls UNDEFINED (ECR API, EnhancedImageScanFinding). */
    public static Severity of(String word) {
        for (Severity severity : values()) {
            if (severity.name().equalsIgnoreCase(word)) {
                return severity;
            }
        }
        return UNDEFINED;
    }

    /** As gates.yaml has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
