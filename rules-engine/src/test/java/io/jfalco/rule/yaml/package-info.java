/** Tests of reading YAML. */
package io.jfalco.rule.yaml;
