/** Tests of lists, macros and event types in conditions. */
package io.jfalco.condition.check;
