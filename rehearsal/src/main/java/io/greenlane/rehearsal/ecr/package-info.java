/** Amazon ECR of the local cloud: the API, and an OCI registry that real clients push to and pull from. */
@NullMarked
package io.greenlane.rehearsal.ecr;

import org.jspecify.annotations.NullMarked;
