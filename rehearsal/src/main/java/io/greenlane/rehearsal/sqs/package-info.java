/** Amazon SQS of the local cloud: standard queues, as dead-letter queues and subscriptions use them. */
@NullMarked
package io.greenlane.rehearsal.sqs;

import org.jspecify.annotations.NullMarked;
