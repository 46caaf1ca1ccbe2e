/** AWS IAM of the local cloud: roles and their policies, and whether a call is allowed. */
@NullMarked
package io.greenlane.rehearsal.iam;

import org.jspecify.annotations.NullMarked;
