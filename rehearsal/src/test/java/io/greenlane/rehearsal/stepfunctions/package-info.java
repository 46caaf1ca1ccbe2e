/** Tests of the Step Functions API, all in virtual time. */
@NullMarked
package io.greenlane.rehearsal.stepfunctions;

import org.jspecify.annotations.NullMarked;
