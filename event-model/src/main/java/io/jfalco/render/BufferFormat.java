package io.jfalco.render;

/** How the content of data buffers is shown. */
public enum BufferFormat {
  /** Printable characters as they are, a dot for every other byte. */
  TEXT,
  /** Base 64. */
  BASE64
}
