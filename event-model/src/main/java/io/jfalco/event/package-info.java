/**
 * Events: the table of all event types, the flyweight over one event record, and the builder that
 * writes records. Depends on the JDK only; everything else may depend on it.
 */
package io.jfalco.event;
