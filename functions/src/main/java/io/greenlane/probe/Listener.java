package io.greenlane.probe;

/**
 * An address that requests go to.
 *
 * @param secure whether it speaks TLS
 * @param host name or address, as the load balancer gives it
 * @param port 1 to 65535
 */
public record Listener(boolean secure, String host, int port) {
    /** As it stands in a sentence, such as {@code http://127.0.0.1:8080}. */
    @Override
    public String toString() {
        return (secure ? "https" : "http") + "://" + host + ":" + port;
    }
}
