package io.jfalco.event;

import java.util.List;
import java.util.Optional;

/**
 * One parameter of an event type.
 *
 * @param index position in the event, from 0
 * @param name name as in {@code evt.arg.NAME}
 * @param type wire type
 * @param format how numbers print
 * @param flags names of flag values
 * @param dirfd index of the parameter that a FSRELPATH resolves against, or -1
 * @param dynamic what the first byte of a DYN value selects; empty for other types
 * @param own Falco does not have it; it comes behind all that Falco has
 */
public record ParamInfo(
    int index,
    String name,
    ParamType type,
    PrintFormat format,
    Optional<FlagTable> flags,
    int dirfd,
    List<DynamicChoice> dynamic,
    boolean own) {

  /** What one selector of a DYN parameter stands for. */
  public record DynamicChoice(ParamType type, PrintFormat format) {}

  /** Copies the list of choices. */
  public ParamInfo {
    dynamic = List.copyOf(dynamic);
  }
}
