/**
 * Parameters as text, as {@code evt.args}, {@code evt.arg} and the file-system fields show them.
 * Depends on {@code io.jfalco.event} and {@code io.jfalco.state}.
 */
package io.jfalco.render;
