/** What a validation.yaml says, once it is read: each rule with its place, all names resolved, all variables filled in. */
@NullMarked
package io.greenlane.validation.rules;

import org.jspecify.annotations.NullMarked;
