/** YAML as a tree of nodes that know their places, within limits that no file can exceed. */
package io.jfalco.rule.yaml;
