/** What lies between parsing and compiling: lists, macros, event types, warnings. */
package io.jfalco.condition.check;
