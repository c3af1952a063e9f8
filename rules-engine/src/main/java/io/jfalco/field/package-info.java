/**
 * The field catalogue: one row per field (name, type, argument, description, extractor), one file
 * per family.
 */
package io.jfalco.field;
