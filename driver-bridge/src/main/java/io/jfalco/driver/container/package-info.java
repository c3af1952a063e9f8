/** Metadata of containers, as runtimes and captures tell them. Depends on {@code event-model}. */
package io.jfalco.driver.container;
