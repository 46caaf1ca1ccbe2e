/** Amazon ECS of the local cloud: task definitions, services, task sets, and tasks that really run the pushed image. */
@NullMarked
package io.greenlane.rehearsal.ecs;

import org.jspecify.annotations.NullMarked;
