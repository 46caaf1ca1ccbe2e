/** Task definition revisions as JSON documents: copied with one intended change, and held against their source afterwards. */
@NullMarked
package io.greenlane.taskdefinition;

import org.jspecify.annotations.NullMarked;
