/** What can be wrong with rules, where, and how it is printed. Depends on the JDK only. */
package io.jfalco.issue;
