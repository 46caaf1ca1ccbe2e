package io.greenlane.rehearsal.ecs;

import java.util.Locale;
import java.util.Map;

/** The combinations of CPU units and MiB that Fargate runs (ECS guide, task size). */
final class FargateSize {
    private static final Map<Integer, Range> MEMORY = Map.of(512, new Range(1024, 4096, 1024), 1024, new Range(2048,
            8192, 1024), 2048, new Range(4096, 16384, 1024), 4096, new Range(8192, 30720, 1024), 8192,
            new Range(16384,
                    61440, 4096),
            16384, new Range(32768, 122880, 8192));

    private FargateSize() {}

    private record Range(int from, int to, int step) {
        boolean contains(int value) {
            return from <= value && value <= to && (value - from) % step == 0;
        }
    }

    static boolean exists(int cpu, int memory) {
        if (cpu == 256) {
            return memory == 512 || memory == 1024 || memory == 2048;
        }
        Range range = MEMORY.get(cpu);
        return range != null && range.contains(memory);
    }

    /** CPU units of {@code 256}, {@code .25 vCPU} or {@code 1 vCPU}; MiB of {@code 512} or {@code 0.5 GB}. */
    static int units(String member, String text) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        try {
            if (value.endsWith("vcpu") || value.endsWith("gb")) {
                String number = value.substring(0, value.length() - (value.endsWith("gb") ? 2 : 4)).strip();
                return (int) Math.round(Double.parseDouble(number) * 1024);
            }
            return Integer.parseInt(value);
        } catch (NumberFormatException notANumber) {
            throw Faults.client("Invalid '" + member + "' setting for task: '" + text + "'");
        }
    }
}
