/** JSON documents as plain Java values: maps, lists, text, numbers, booleans and null, read with a path for the complaint. */
@NullMarked
package io.greenlane.json;

import org.jspecify.annotations.NullMarked;
