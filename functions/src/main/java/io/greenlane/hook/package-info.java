/** CodeDeploy's lifecycle hooks: who is asked about which deployment, and how exactly one verdict gets back. */
@NullMarked
package io.greenlane.hook;

import org.jspecify.annotations.NullMarked;
