/**
 * From an alert to the world: formatting, and one channel with its own queue and thread for each
 * output. Depends on {@code io.jfalco.alert}; knows no rules and no drivers.
 */
package io.jfalco.output;
