/**
 * Falco's configuration: files, included files and {@code -o} options become one tree, the tree
 * becomes records. Knows what other packages call their options, and nothing else of them.
 */
package io.jfalco.config;
