/** Conditions: what can be wrong with them, and what they are once compiled. */
package io.jfalco.condition;
