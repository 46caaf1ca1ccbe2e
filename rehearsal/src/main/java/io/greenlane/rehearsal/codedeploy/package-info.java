/**
 * AWS CodeDeploy of the local cloud, for Amazon ECS: blue/green deployments with every lifecycle event, hooks, traffic
 * shifting, waits and rollback. The order of things stands in {@link io.greenlane.rehearsal.codedeploy.Phase}.
 */
@NullMarked
package io.greenlane.rehearsal.codedeploy;

import org.jspecify.annotations.NullMarked;
