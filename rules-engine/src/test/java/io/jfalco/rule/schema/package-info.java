/** Tests of the schema of rules files. */
package io.jfalco.rule.schema;
