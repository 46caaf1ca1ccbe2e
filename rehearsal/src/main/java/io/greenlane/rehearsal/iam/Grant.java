package io.greenlane.rehearsal.iam;

/**
 * One action that a statement of a policy grants on one resource, as the templates write it.
 *
 * @param holder ARN of the role, or of the queue, topic or function that the policy belongs to
 * @param policy the policy's name
 * @param statement its number in the policy, from 1
 * @param action may have stars
 * @param resource an ARN, which may have stars; a star where the statement names none
 */
public record Grant(String holder, String policy, int statement, String action, String resource) {}
