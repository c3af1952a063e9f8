package io.jfalco.daemon.doctor;

/**
 * The answer to one question about the host or the configuration.
 *
 * @param topic what was looked at, a word or two
 * @param result the answer
 * @param text what was found; may have several lines
 * @param fix what helps; empty where nothing has to
 */
public record Finding(String topic, Result result, String text, String fix) {
  /** Answers, from good to bad. */
  public enum Result {
    /** As it must be. */
    OK("ok"),
    /** The daemon works, but not as it might be meant. */
    WARNING("warn"),
    /** The daemon does not start, or does not do what it is for. */
    FAILURE("fail");

    private final String label;

    Result(String label) {
      this.label = label;
    }

    /** In one short word. */
    public String label() {
      return label;
    }
  }

  /** Nothing has to be done. */
  public static Finding ok(String topic, String text) {
    return new Finding(topic, Result.OK, text, "");
  }

  /** Something may have to be done. */
  public static Finding warning(String topic, String text, String fix) {
    return new Finding(topic, Result.WARNING, text, fix);
  }

  /** Something has to be done. */
  public static Finding failure(String topic, String text, String fix) {
    return new Finding(topic, Result.FAILURE, text, fix);
  }
}
