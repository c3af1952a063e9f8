package io.jfalco.output;

import java.io.IOException;

/**
 * Another output whose messages end in systemd's journal: they go there directly, with priority and
 * fields. What the journal does not take that way, a very long message for one, goes the usual one.
 */
final class JournalOutput implements Output {
  private final Journal journal;
  private final Output usual;

  JournalOutput(Journal journal, Output usual) {
    this.journal = journal;
    this.usual = usual;
  }

  @Override
  public String name() {
    return usual.name();
  }

  @Override
  public void write(OutputMessage message) throws IOException {
    try {
      journal.alert(message);
    } catch (IOException e) {
      usual.write(message);
    }
  }

  @Override
  public void reopen() throws IOException {
    usual.reopen();
  }

  @Override
  public void close() throws IOException {
    usual.close();
  }
}
