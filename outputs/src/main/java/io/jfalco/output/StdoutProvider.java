package io.jfalco.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.List;

/** {@code stdout_output}. */
public final class StdoutProvider implements OutputProvider {
  @Override
  public String name() {
    return "stdout";
  }

  @Override
  public int rank() {
    return 2;
  }

  @Override
  public List<OutputKey> keys() {
    return List.of(OutputKey.enabled(true, "Standard output."));
  }

  @Override
  public Output open(OutputSettings settings) {
    Output lines = new StdoutOutput(new FileOutputStream(FileDescriptor.out), settings.buffered());
    return Journal.ofStandardOutput()
        .<Output>map(journal -> new JournalOutput(journal, lines))
        .orElse(lines);
  }
}
