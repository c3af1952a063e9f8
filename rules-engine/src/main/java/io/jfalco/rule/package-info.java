/**
 * Rules: loading, validation, the immutable rule set, its index by event type, output templates.
 */
package io.jfalco.rule;
