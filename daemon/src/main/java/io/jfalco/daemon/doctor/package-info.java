/** What keeps the daemon from working on this host, found out before it is started. */
package io.jfalco.daemon.doctor;
