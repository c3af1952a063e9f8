/** Tests of issues. */
package io.jfalco.issue;
