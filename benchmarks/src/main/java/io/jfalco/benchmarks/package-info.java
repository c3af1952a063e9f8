/** JMH benchmarks of the parts, and whole runs of the daemon against a bare run. */
package io.jfalco.benchmarks;
