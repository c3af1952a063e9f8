/** Tests of the condition parser. */
package io.jfalco.condition.parse;
