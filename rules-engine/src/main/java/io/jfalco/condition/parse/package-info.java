/** From the text of a condition to its syntax tree, and back. */
package io.jfalco.condition.parse;
