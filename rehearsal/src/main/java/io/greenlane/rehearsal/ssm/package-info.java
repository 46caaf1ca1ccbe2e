/** AWS Systems Manager Parameter Store of the local cloud. */
@NullMarked
package io.greenlane.rehearsal.ssm;

import org.jspecify.annotations.NullMarked;
