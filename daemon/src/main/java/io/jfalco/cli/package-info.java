/** The command {@code falco}: its options, and one class for each thing that prints and ends. */
package io.jfalco.cli;
