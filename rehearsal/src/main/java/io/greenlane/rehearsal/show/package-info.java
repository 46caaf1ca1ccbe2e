/** The rehearsal itself: its command line, the scenario with its images and its visitors, and what the terminal shows of it. */
@NullMarked
package io.greenlane.rehearsal.show;

import org.jspecify.annotations.NullMarked;
