package io.greenlane.probe;

import io.greenlane.json.Quote;
import io.greenlane.probe.Answer.Fault;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.Objects;
import java.util.zip.ZipException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;

/**
 * Says why there was no answer, and what may be the cause.
 *
 * @param name that the certificate has to have
 * @param timeout of the request
 */
record Diagnosis(Listener listener, String name, Duration timeout) {
    /** Its time was over. */
    Answer.Nothing overdue(Exchange.Stage stage, Duration took) {
        return switch (stage) {
            case CONNECTING -> noConnection("within " + timeout.toMillis() + " ms", took);
            case HANDSHAKE -> tls(Fault.TLS, "the handshake was not done within " + timeout.toMillis() + " ms", took);
            case SENT -> new Answer.Nothing(Fault.TIMED_OUT,
                    listener + " took the request, but its whole answer was not there within " + timeout.toMillis()
                            + " ms.",
                    took);
        };
    }

    /** It failed by itself. */
    Answer.Nothing of(IOException failure, Exchange.Stage stage, Duration took) {
        return switch (stage) {
            case CONNECTING -> connecting(failure, took);
            case HANDSHAKE -> handshake(failure, took);
            case SENT -> new Answer.Nothing(Fault.BROKEN, listener + " " + broken(failure) + ".", took);
        };
    }

    private Answer.Nothing connecting(IOException failure, Duration took) {
        String message = Objects.requireNonNullElse(failure.getMessage(), "");
        if (failure instanceof ConnectTimeoutException) {
            return noConnection("in time", took);
        }
        return failure instanceof ConnectException && message.contains("refused")
                ? new Answer.Nothing(Fault.REFUSED, listener + " refused the connection: nothing listens on this port.",
                        took)
                : noConnection("(" + Quote.of(message) + ")", took);
    }

    private Answer.Nothing noConnection(String how, Duration took) {
        return new Answer.Nothing(Fault.NO_CONNECTION, "There was no connection to " + listener + " " + how
                + "; do the security groups let the one who asks reach the load balancer, and does its subnet have a way"
                + " there?", took);
    }

    private Answer.Nothing tls(Fault fault, String reason, Duration took) {
        return new Answer.Nothing(fault, "TLS to " + listener + " for the name " + name + " failed: " + reason + ".",
                took);
    }

    /** Java looks at the name last, so a certificate that is for another name is good otherwise. */
    private Answer.Nothing handshake(IOException failure, Duration took) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
        return message.startsWith("No subject alternative") || message.startsWith("No name matching")
                ? tls(Fault.OTHER_NAME,
                        "the certificate is for another name; give the request a Host header that the certificate has",
                        took)
                : tls(Fault.TLS, failed(root, message), took);
    }

    private static String failed(Throwable root, String message) {
        if (root instanceof CertificateExpiredException) {
            return "the certificate has expired (" + Quote.of(message) + ")";
        }
        if (message.contains("unable to find valid certification path")) {
            return "the certificate is signed by nobody who is trusted here";
        }
        return message.contains("Unsupported or unrecognized SSL message")
                ? "the listener does not speak TLS"
                : Quote.of(message);
    }

    private static String broken(IOException failure) {
        return switch (failure) {
            case NoHttpResponseException none -> "closed the connection without an answer";
            case MessageConstraintException bounds -> "answered with more or longer headers than are read ("
                    + HttpSender.MOST_HEADERS + ", of " + HttpSender.LONGEST_HEADER + " bytes each)";
            case ClientProtocolException protocol -> "answered something that is no HTTP: "
                    + Quote.of(protocol.getMessage());
            case ConnectionClosedException half -> "closed the connection before the answer was whole";
            case TruncatedChunkException half -> "closed the connection before the answer was whole";
            case EOFException half -> "sent a gzip body that ends too early";
            case ZipException unreadable -> "sent a body that is said to be gzip and is not";
            default -> "broke the connection before the answer was whole: " + Quote.of(failure.getMessage());
        };
    }
}
