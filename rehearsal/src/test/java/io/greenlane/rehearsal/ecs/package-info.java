/** Tests of ECS: the API and the scheduler in virtual time, the container runtime with real processes. */
@NullMarked
package io.greenlane.rehearsal.ecs;

import org.jspecify.annotations.NullMarked;
