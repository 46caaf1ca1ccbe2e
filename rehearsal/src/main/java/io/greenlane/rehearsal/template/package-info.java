/**
 * CloudFormation of the local cloud: reads the shipped templates, expands their AWS::Serverless resources as SAM does, and
 * creates what they describe through the SDK clients of the simulated services.
 *
 * <p>Nothing in a template is ignored: a resource type, property, attribute or function that is not provisioned here is an
 * error that names it.
 */
@NullMarked
package io.greenlane.rehearsal.template;

import org.jspecify.annotations.NullMarked;
