/** The JSON schema of rules files, and what it has against a file. Knows YAML nodes only. */
package io.jfalco.rule.schema;
