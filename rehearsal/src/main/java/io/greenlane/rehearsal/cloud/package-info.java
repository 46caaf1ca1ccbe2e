/**
 * The ground every simulated service stands on: account, time and the journal of what happened.
 *
 * <p>Everything in the local cloud is event-driven: an operation changes state and returns, whatever takes time is an
 * action on the {@link io.greenlane.rehearsal.cloud.Timeline}. Nothing sleeps and nothing asks the wall clock.
 */
@NullMarked
package io.greenlane.rehearsal.cloud;

import org.jspecify.annotations.NullMarked;
