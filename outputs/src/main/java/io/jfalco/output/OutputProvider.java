package io.jfalco.output;

import java.util.List;
import java.util.Optional;

/**
 * A kind of output. Kinds are found by {@link java.util.ServiceLoader}: a further one is a class
 * that implements this, named in {@code META-INF/services/io.jfalco.output.OutputProvider} of a jar
 * on the class path. Its settings are the section {@code <name>_output} of the configuration.
 *
 * <p>Implementations have a public constructor without parameters and hold no state.
 */
public interface OutputProvider {
  /** Name of the kind, in logs, metrics and as the beginning of its section. */
  String name();

  /** Kinds of lower rank get a message first. Falco's have 1 to 5; 100 and more is for others. */
  int rank();

  /** Keys of the section; the first is {@link OutputKey#enabled}. */
  List<OutputKey> keys();

  /** Why an enabled section cannot be used; that ends the start. Looks at no file and no host. */
  default Optional<String> problem(OutputSettings settings) {
    return Optional.empty();
  }

  /**
   * What would keep a message from arriving now, as far as can be told without sending one. Looks
   * at the host, and may take seconds; for {@code falco doctor}.
   */
  default Optional<Obstacle> obstacle(OutputSettings settings) {
    return Optional.empty();
  }

  /**
   * Makes the output, at start, before any message.
   *
   * @throws OutputException when that fails; it is logged, and the others are used
   */
  Output open(OutputSettings settings) throws OutputException;
}
