package io.jfalco.field;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.jfalco.event.Bytes;
import io.jfalco.state.ContainerInfo;
import io.jfalco.state.ContainerInfo.Mount;
import io.jfalco.state.EventContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Function;

/**
 * One mount of a container, or a part of it: by its number, or the first whose path is found by a
 * regular expression. What it gives is looked for once for each container.
 */
final class MountField implements Extractor {
  private static final int LONGEST_INDEX = 9;

  private final Function<Mount, String> key;
  private final Function<Mount, String> part;
  private final int index;
  private final Optional<Pattern> pattern;
  private final Map<ContainerInfo, Optional<Bytes>> known = new WeakHashMap<>();

  /**
   * A field.
   *
   * @param key the path that the argument selects by
   * @param part what is shown
   * @param argument number or expression
   */
  MountField(Function<Mount, String> key, Function<Mount, String> part, String argument) {
    this.key = key;
    this.part = part;
    this.index = index(argument);
    this.pattern = index >= 0 ? Optional.empty() : pattern(argument);
  }

  /** Numbers that begin with 0 are no index. */
  private static int index(String argument) {
    boolean digits =
        !argument.isEmpty()
            && argument.length() <= LONGEST_INDEX
            && argument.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && (argument.length() == 1 || argument.charAt(0) != '0')
        ? Integer.parseInt(argument)
        : -1;
  }

  private static Optional<Pattern> pattern(String argument) {
    try {
      return Optional.of(Pattern.compile(argument, Pattern.MULTILINE));
    } catch (PatternSyntaxException e) {
      // finds nothing
      return Optional.empty();
    }
  }

  @Override
  public boolean extract(EventContext context, Value out) {
    ContainerInfo info = context.containerInfo();
    if (info == null) {
      return false;
    }
    Optional<Bytes> value = known.get(info);
    if (value == null) {
      value = select(info.mounts()).map(part).map(Bytes::of);
      known.put(info, value);
    }
    return value.isPresent() && Extractors.text(out, value.get());
  }

  private Optional<Mount> select(List<Mount> mounts) {
    if (index >= 0) {
      return index < mounts.size() ? Optional.of(mounts.get(index)) : Optional.empty();
    }
    return pattern.flatMap(
        expression ->
            mounts.stream()
                .filter(mount -> expression.matcher(key.apply(mount)).find())
                .findFirst());
  }
}
