/** Amazon CloudWatch of the local cloud: alarms whose state is set by hand, as a rehearsal does. */
@NullMarked
package io.greenlane.rehearsal.cloudwatch;

import org.jspecify.annotations.NullMarked;
