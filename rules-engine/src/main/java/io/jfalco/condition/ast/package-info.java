/** The syntax tree of a condition: plain data, independent of the grammar and of the compiler. */
package io.jfalco.condition.ast;
