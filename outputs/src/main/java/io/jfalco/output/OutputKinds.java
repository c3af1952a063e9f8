package io.jfalco.output;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/** All kinds of outputs that there are, in their order. */
public final class OutputKinds {
  private static final List<OutputProvider> ALL = load();

  private OutputKinds() {}

  /** The kinds, by rank, then by name. */
  public static List<OutputProvider> all() {
    return ALL;
  }

  private static List<OutputProvider> load() {
    List<OutputProvider> found =
        ServiceLoader.load(OutputProvider.class, OutputKinds.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(
                Comparator.comparingInt(OutputProvider::rank).thenComparing(OutputProvider::name))
            .toList();
    Set<String> names = new HashSet<>();
    for (OutputProvider provider : found) {
      if (!names.add(provider.name())) {
        throw new IllegalStateException("two kinds of outputs named " + provider.name());
      }
    }
    return found;
  }
}
