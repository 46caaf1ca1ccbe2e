package io.greenlane.rehearsal.template;

/** A template that CloudFormation would refuse, or that says something the local cloud does not provision. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TemplateException(String message) {
        super(message);
    }

    public TemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}
