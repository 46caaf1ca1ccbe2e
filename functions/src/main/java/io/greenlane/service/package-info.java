/** Services that follow a repository: what the owner names, what is found from it, and which of them a push concerns. */
@NullMarked
package io.greenlane.service;

import org.jspecify.annotations.NullMarked;
