/**
 * The Install phase of a deployment, watched: green's tasks that stop tell within minutes that it cannot succeed, and it is ended
 * with that cause instead of after CodeDeploy's hour.
 */
@NullMarked
package io.greenlane.install;

import org.jspecify.annotations.NullMarked;
