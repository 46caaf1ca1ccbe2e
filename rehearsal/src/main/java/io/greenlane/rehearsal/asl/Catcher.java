package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One entry of a Catch field.
 *
 * @param members the entry as written: ResultPath, Output, Assign
 */
record Catcher(List<String> errorEquals, String next, ObjectNode members) {}
