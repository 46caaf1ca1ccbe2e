/** What a validation found, kept for people and for other programs: JSON, Markdown, JUnit XML and one HTML page. */
@NullMarked
package io.greenlane.report;

import org.jspecify.annotations.NullMarked;
