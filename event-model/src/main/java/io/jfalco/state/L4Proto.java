package io.jfalco.state;

/** Transport protocol of a socket. */
public enum L4Proto {
  UNKNOWN("<NA>"),
  NA("<NA>"),
  TCP("tcp"),
  UDP("udp"),
  ICMP("icmp"),
  RAW("raw");

  private final String label;

  L4Proto(String label) {
    this.label = label;
  }

  /** Value of {@code fd.l4proto}. */
  public String label() {
    return label;
  }
}
