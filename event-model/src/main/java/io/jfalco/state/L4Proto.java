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

  private static final L4Proto[] BY_NUMBER = values();

  /** The protocol with this number in capture files; UNKNOWN for a number that none has. */
  public static L4Proto of(int number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
  }

  /** Value of {@code fd.l4proto}. */
  public String label() {
    return label;
  }
}
