/** Test data about conditions. */
package io.jfalco.condition;
