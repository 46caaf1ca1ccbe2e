/** Amazon CloudWatch Logs of the local cloud: groups, streams and the lines that functions and tasks write. */
@NullMarked
package io.greenlane.rehearsal.logs;

import org.jspecify.annotations.NullMarked;
