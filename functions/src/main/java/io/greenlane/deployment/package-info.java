/** Deployments: what CodeDeploy is asked to do, and what became of it. */
@NullMarked
package io.greenlane.deployment;

import org.jspecify.annotations.NullMarked;
