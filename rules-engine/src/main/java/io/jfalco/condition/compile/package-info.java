/** From syntax trees to conditions that can be tested on events. */
package io.jfalco.condition.compile;
