/**
 * What a service manager is told and asks for: systemd's notifications and watchdog, and {@code
 * falco}'s heart beat. Knows nothing of the daemon but its log.
 */
package io.jfalco.daemon.service;
