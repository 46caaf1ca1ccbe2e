/** The AWS endpoint: one port that the AWS SDKs, the AWS CLI and Terraform talk to as they talk to AWS. */
@NullMarked
package io.greenlane.rehearsal.endpoint;

import org.jspecify.annotations.NullMarked;
