/** Amazon S3: buckets, their settings, and objects with versions. */
@NullMarked
package io.greenlane.rehearsal.s3;

import org.jspecify.annotations.NullMarked;
