/**
 * Amazon DynamoDB of the local cloud: tables with global indexes and time to live, and the whole language of condition,
 * update, key and projection expressions. Checked against Amazon's own DynamoDB Local in tests.
 */
@NullMarked
package io.greenlane.rehearsal.dynamodb;

import org.jspecify.annotations.NullMarked;
