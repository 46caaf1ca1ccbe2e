/** YAML as a tree of values with their places, read with hard limits: what a stranger may have written, made safe to look at. */
@NullMarked
package io.greenlane.validation.rules.yaml;

import org.jspecify.annotations.NullMarked;
