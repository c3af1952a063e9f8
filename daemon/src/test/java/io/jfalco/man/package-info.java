/** Manual pages: how they are written and checked. */
package io.jfalco.man;
