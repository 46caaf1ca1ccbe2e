package io.greenlane.validation.analysis;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A distribution of latencies, each kept to a thousandth of itself; adds up with others, and fits into a few hundred bytes of text.
 * It is as large in memory as its longest latency asks for. Not for several threads at once.
 */
public final class Latencies {
    private static final int DIGITS = 3;
    private static final long LONGEST_MICROS = Duration.ofHours(1).toNanos() / 1000;

    private final Histogram micros;

    Latencies() {
        this(new Histogram(DIGITS));
    }

    private Latencies(Histogram micros) {
        this.micros = micros;
    }

    void add(Duration latency) {
        micros.recordValue(Math.clamp(latency.toNanos() / 1000, 1, LONGEST_MICROS));
    }

    void addAll(Latencies other) {
        micros.add(other.micros);
    }

    Latencies copy() {
        return new Latencies(micros.copy());
    }

    /** How many there are. */
    public int count() {
        return Math.toIntExact(micros.getTotalCount());
    }

    /**
     * The smallest latency that so large a share of them does not exceed, in milliseconds; 0 when there are none.
     *
     * @param share 0 to 1
     */
    public double millis(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * micros.getTotalCount()));
        long passed = 0;
        for (HistogramIterationValue step : micros.recordedValues()) {
            passed += step.getCountAtValueIteratedTo();
            if (passed >= rank) {
                return millisAt(step);
            }
        }
        return 0;
    }

    /** How many are longer than that. */
    int longerThan(double millis) {
        long longer = 0;
        for (HistogramIterationValue step : micros.recordedValues()) {
            longer += millisAt(step) > millis ? step.getCountAtValueIteratedTo() : 0;
        }
        return Math.toIntExact(longer);
    }

    /** All of them from shortest to longest, in milliseconds. */
    public double[] sorted() {
        double[] all = new double[count()];
        int filled = 0;
        for (HistogramIterationValue step : micros.recordedValues()) {
            int upTo = filled + Math.toIntExact(step.getCountAtValueIteratedTo());
            java.util.Arrays.fill(all, filled, upTo, millisAt(step));
            filled = upTo;
        }
        return all;
    }

    private double millisAt(HistogramIterationValue step) {
        return micros.medianEquivalentValue(step.getValueIteratedTo()) / 1000.0;
    }

    /** As text, to be read by {@link #parse}. */
    String text() {
        ByteBuffer buffer = ByteBuffer.allocate(micros.getNeededByteBufferCapacity());
        int length = micros.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(buffer.array(), length));
    }

    /** What {@link #text} wrote; an {@link IllegalArgumentException} when it is something else. */
    static Latencies parse(String text) {
        try {
            Histogram read = Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(Base64.getDecoder().decode(text)),
                    LONGEST_MICROS);
            Latencies latencies = new Latencies();
            latencies.micros.add(read);
            return latencies;
        } catch (DataFormatException | RuntimeException e) {
            throw new IllegalArgumentException("not a histogram of latencies: " + e.getMessage(), e);
        }
    }
}
