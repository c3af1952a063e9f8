/** The daemon as users run it: a separate process, the real kernel, real containers. */
package io.jfalco.e2e;
