package io.greenlane.rehearsal.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the values of a template are told apart: functions, texts, and the mark of a value that is not there. */
final class Values {
    private Values() {}

    /** The value as a function call, if it is one: a mapping with the one key Ref, or one that begins with Fn::. */
    static Optional<Call> call(Object value, String where) {
        if (!(value instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = String.valueOf(entry.getKey());
            if ((name.equals("Ref") && map.size() == 1) || name.startsWith("Fn::")) {
                if (map.size() > 1) {
                    throw new TemplateException(where + ": " + name + " must stand alone, got " + map.keySet());
                }
                return Optional.of(new Call(name, entry.getValue(), where));
            }
        }
        return Optional.empty();
    }

    /** A scalar as the text that Sub, Join and Equals see. */
    static String text(Object value, String where) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw new TemplateException(where + " must be a text, got " + value);
    }

    /** Whether two values are equal, scalars as texts: a parameter is a text even where it is a number. */
    static boolean same(Object one, Object other) {
        boolean scalar = !(one instanceof List<?>) && !(one instanceof Map<?, ?>);
        return one.equals(other) || (scalar && one.toString().equals(other.toString()));
    }

    static List<?> list(Object value, String where) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new TemplateException(where + " must be a list, got " + value);
    }

    /**
     * A function call as written.
     *
     * @param name Ref, or Fn:: and more
     */
    record Call(String name, Object argument, String where) {
        List<?> arguments(int least, int most) {
            List<?> list = list(argument, where + ": the argument of " + name);
            if (list.size() < least || list.size() > most) {
                throw new TemplateException(
                        where + ": " + name + " takes " + (least == most ? least : least + " to " + most)
                                + " arguments, got " + list.size());
            }
            return list;
        }

        String name(Object value) {
            return text(value, where + ": the argument of " + name);
        }
    }

    /** What {@code !Ref AWS::NoValue} stands for: the property or item is left out. */
    record NoValue() {}
}
