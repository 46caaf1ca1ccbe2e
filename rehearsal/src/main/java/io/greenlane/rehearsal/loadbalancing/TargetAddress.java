package io.greenlane.rehearsal.loadbalancing;

/** Which target of a group: one address may be registered with several ports. */
record TargetAddress(String id, int port) {}
