/** Alerts: immutable, without any view of an event inside. Depends on the JDK only. */
package io.jfalco.alert;
