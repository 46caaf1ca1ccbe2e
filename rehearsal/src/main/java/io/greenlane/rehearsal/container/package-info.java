/**
 * Runs the containers of tasks without a container engine: the image is pulled from the local registry, its layers are
 * unpacked, and its command is started as a process.
 */
@NullMarked
package io.greenlane.rehearsal.container;

import org.jspecify.annotations.NullMarked;
