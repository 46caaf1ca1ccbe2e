/** Amazon SNS of the local cloud: topics, their subscriptions and delivery. */
@NullMarked
package io.greenlane.rehearsal.sns;

import org.jspecify.annotations.NullMarked;
