/** Delivery of alerts by HTTP and HTTPS. Used by the thread of the output's channel only. */
package io.jfalco.output.http;
