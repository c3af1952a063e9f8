/** Health and metrics over HTTP. Knows nothing of the daemon but what it is told to answer. */
package io.jfalco.daemon.web;
