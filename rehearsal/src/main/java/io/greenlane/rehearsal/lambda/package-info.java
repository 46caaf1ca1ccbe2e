/** AWS Lambda of the local cloud: functions as processes under the official runtime client, and their invocation. */
@NullMarked
package io.greenlane.rehearsal.lambda;

import org.jspecify.annotations.NullMarked;
