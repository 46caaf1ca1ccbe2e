package io.greenlane.rehearsal.dynamodb;

import io.greenlane.rehearsal.dynamodb.Expression.Condition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Query and Scan, of tables and of global indexes. */
final class Queries {
    private final Tables tables;

    Queries(Tables tables) {
        this.tables = tables;
    }

    QueryResponse query(QueryRequest request) {
        Items.refuseLegacy(request.hasKeyConditions() || request.hasQueryFilter() || request.hasAttributesToGet()
                || request.conditionalOperator() != null, "KeyConditions, QueryFilter and AttributesToGet");
        Table table = tables.get(request.tableName());
        View view = View.of(table, request.indexName(), Boolean.TRUE.equals(request.consistentRead()));
        Placeholders placeholders = new Placeholders(request.expressionAttributeNames(),
                request.expressionAttributeValues());
        if (request.keyConditionExpression() == null) {
            throw Refusals.validation(
                    "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        }
        Condition filter = filter(request.filterExpression(), placeholders);
        List<Path> paths = projection(request.projectionExpression(), placeholders);
        Condition wanted = ConditionParser.parse(request.keyConditionExpression(), KeyCondition.KIND, placeholders);
        placeholders.checkUsed(true);
        table.checkPaths(placeholders.paths());
        KeyCondition keys = KeyCondition.of(wanted, view.keys(), view::checkFilled);
        checkFilter(filter, view.keys());
        List<Map<String, AttributeValue>> candidates = new ArrayList<>(
                view.items().stream().filter(keys::holds).toList());
        if (Boolean.FALSE.equals(request.scanIndexForward())) {
            Collections.reverse(candidates);
        }
        Page page = page(candidates, view, request.exclusiveStartKey(), request.limit(), filter);
        boolean counts = request.select() == Select.COUNT;
        return QueryResponse.builder().count(page.found().size()).scannedCount(page.scanned())
                .items(counts ? null : cut(page.found(), paths)).lastEvaluatedKey(page.last())
                .consumedCapacity(Capacity.ofRead(request.returnConsumedCapacity(), table, page.bytes(),
                        Boolean.TRUE.equals(request.consistentRead())))
                .build();
    }

    ScanResponse scan(ScanRequest request) {
        Items.refuseLegacy(request.hasScanFilter() || request.hasAttributesToGet()
                || request.conditionalOperator() != null, "ScanFilter and AttributesToGet");
        Table table = tables.get(request.tableName());
        View view = View.of(table, request.indexName(), Boolean.TRUE.equals(request.consistentRead()));
        Placeholders placeholders = new Placeholders(request.expressionAttributeNames(),
                request.expressionAttributeValues());
        Condition filter = filter(request.filterExpression(), placeholders);
        List<Path> paths = projection(request.projectionExpression(), placeholders);
        placeholders.checkUsed(filter != null || paths != null);
        table.checkPaths(placeholders.paths());
        List<Map<String, AttributeValue>> candidates = view.items();
        if (request.totalSegments() != null && request.segment() != null) {
            candidates = candidates.stream().filter(item -> Math.floorMod(
                    table.keys().keyOf(item).partition().hashCode(), request.totalSegments()) == request.segment())
                    .toList();
        }
        Page page = page(candidates, view, request.exclusiveStartKey(), request.limit(), filter);
        boolean counts = request.select() == Select.COUNT;
        return ScanResponse.builder().count(page.found().size()).scannedCount(page.scanned())
                .items(counts ? null : cut(page.found(), paths)).lastEvaluatedKey(page.last())
                .consumedCapacity(Capacity.ofRead(request.returnConsumedCapacity(), table, page.bytes(),
                        Boolean.TRUE.equals(request.consistentRead())))
                .build();
    }

    private static Page page(List<Map<String, AttributeValue>> candidates, View view,
            Map<String, AttributeValue> startKey, @Nullable Integer limit, @Nullable Condition filter) {
        int at = startKey.isEmpty() ? 0 : view.positionAfter(candidates, Values.normal(startKey));
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        int scanned = 0;
        int bytes = 0;
        Map<String, AttributeValue> last = null;
        for (; at < candidates.size(); at++) {
            Map<String, AttributeValue> item = candidates.get(at);
            bytes += Sizes.of(item);
            scanned++;
            if (filter == null || Conditions.hold(filter, item)) {
                found.add(view.shown(item));
            }
            if ((limit != null && scanned == limit) || bytes >= Sizes.LARGEST_PAGE) {
                // DynamoDB gives a last key even when nothing follows the item that filled the page.
                last = view.positionOf(item);
                break;
            }
        }
        return new Page(found, scanned, bytes, last);
    }

    private static List<Map<String, AttributeValue>> cut(List<Map<String, AttributeValue>> items,
            @Nullable List<Path> paths) {
        return paths == null ? items : items.stream().map(item -> Projection.of(item, paths)).toList();
    }

    private static @Nullable Condition filter(@Nullable String text, Placeholders placeholders) {
        return text == null ? null : ConditionParser.parse(text, "FilterExpression", placeholders);
    }

    private static void checkFilter(@Nullable Condition filter, KeySchema keys) {
        if (filter == null) {
            return;
        }
        for (String key : keys.types().keySet()) {
            if (FilterPaths.of(filter).contains(key)) {
                throw Refusals.validation(
                        "Filter Expression can only contain non-primary key attributes: Primary key attribute: " + key);
            }
        }
    }

    private static @Nullable List<Path> projection(@Nullable String text, Placeholders placeholders) {
        return text == null ? null : UpdateParser.parseProjection(text, placeholders);
    }

    private record Page(List<Map<String, AttributeValue>> found, int scanned, int bytes,
            @Nullable Map<String, AttributeValue> last) {}

    /** A table, or one of its indexes, as a list of items in order. */
    private record View(Table table, Table.@Nullable Index index) {
        static View of(Table table, @Nullable String index, boolean consistent) {
            if (index != null && consistent) {
                throw Refusals.validation("Consistent reads are not supported on global secondary indexes");
            }
            return new View(table, index == null ? null : table.index(index));
        }

        KeySchema keys() {
            return index == null ? table.keys() : index.keys();
        }

        void checkFilled(String attribute, AttributeValue value) {
            if (index == null) {
                keys().checkFilled(Map.of(attribute, value));
            } else {
                index.checkFilled(attribute, value);
            }
        }

        List<Map<String, AttributeValue>> items() {
            List<Map<String, AttributeValue>> all = new ArrayList<>();
            table.keysInOrder().forEach(key -> all.add(table.find(key)));
            if (index == null) {
                return all;
            }
            List<Map<String, AttributeValue>> indexed = new ArrayList<>(
                    all.stream().filter(item -> keys().keyIn(item).isPresent()).toList());
            indexed.sort(Comparator.comparing(item -> keys().keyIn(item).orElseThrow(), Table.KEY_ORDER));
            return indexed;
        }

        Map<String, AttributeValue> shown(Map<String, AttributeValue> item) {
            return index == null ? item : index.projected(item, table.keys());
        }

        Map<String, AttributeValue> positionOf(Map<String, AttributeValue> item) {
            Map<String, AttributeValue> position = new LinkedHashMap<>();
            table.keys().types().keySet().forEach(name -> position.put(name, item.getOrDefault(name, nothing())));
            keys().types().keySet().forEach(name -> position.put(name, item.getOrDefault(name, nothing())));
            return position;
        }

        int positionAfter(List<Map<String, AttributeValue>> candidates, Map<String, AttributeValue> startKey) {
            for (int i = 0; i < candidates.size(); i++) {
                if (positionOf(candidates.get(i)).equals(startKey)) {
                    return i + 1;
                }
            }
            Optional<ItemKey> start = keys().keyIn(startKey);
            if (start.isEmpty()) {
                throw Refusals.validation("The provided starting key is invalid");
            }
            // The item has gone since: go on where it would be.
            int after = 0;
            while (after < candidates.size()
                    && Table.KEY_ORDER.compare(keys().keyIn(candidates.get(after)).orElseThrow(), start.get()) <= 0) {
                after++;
            }
            return after;
        }

        private static AttributeValue nothing() {
            return AttributeValue.fromNul(true);
        }
    }
}
