package io.greenlane.rehearsal.dynamodb;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The key of one item in a table or an index. */
record ItemKey(AttributeValue partition, @Nullable AttributeValue sort) {}
