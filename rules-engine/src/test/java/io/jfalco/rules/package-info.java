/**
 * Tests of the rules files that are shipped: each rule on events, written down in {@code
 * src/test/resources/io/jfalco/rules/cases}, whose README tells how.
 */
package io.jfalco.rules;
