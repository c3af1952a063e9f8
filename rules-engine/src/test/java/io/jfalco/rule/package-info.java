/** Tests of rules. */
package io.jfalco.rule;
