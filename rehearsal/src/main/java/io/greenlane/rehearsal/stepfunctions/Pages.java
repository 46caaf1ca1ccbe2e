package io.greenlane.rehearsal.stepfunctions;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;

/**
 * A page of a longer list.
 *
 * @param nextToken opaque, null on the last page
 */
record Pages<T>(List<T> items, @Nullable String nextToken) {
    private static final int DEFAULT_SIZE = 100;
    private static final int MAX_SIZE = 1000;

    /**
     * The page that a request asks for.
     *
     * @param maxResults null or 0 for AWS's default of 100, at most 1000
     */
    static <T> Pages<T> of(List<T> all, @Nullable Integer maxResults, @Nullable String token) {
        int size = maxResults == null || maxResults == 0 ? DEFAULT_SIZE : Math.min(maxResults, MAX_SIZE);
        int start = token == null ? 0 : offset(token, all.size());
        int end = Math.min(all.size(), start + size);
        String next = end == all.size()
                ? null
                : Base64.getEncoder().encodeToString(("from " + end).getBytes(StandardCharsets.UTF_8));
        return new Pages<>(List.copyOf(all.subList(start, end)), next);
    }

    <R> List<R> map(Function<T, R> each) {
        return items.stream().map(each).toList();
    }

    private static int offset(String token, int size) {
        try {
            String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            int offset = text.startsWith("from ") ? Integer.parseInt(text.substring("from ".length())) : -1;
            if (offset >= 0 && offset <= size) {
                return offset;
            }
        } catch (IllegalArgumentException noToken) {
            throw InvalidTokenException.builder().message("Invalid Token: '" + token + "'").cause(noToken).build();
        }
        throw InvalidTokenException.builder().message("Invalid Token: '" + token + "'").build();
    }
}
