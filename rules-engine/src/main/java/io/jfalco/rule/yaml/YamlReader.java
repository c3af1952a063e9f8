package io.jfalco.rule.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML texts. An alias stands for the node of its anchor; what all aliases together stand for
 * is limited, so that whoever walks through the tree comes to an end.
 */
public final class YamlReader {
  /** Longest text, in characters. */
  public static final int MAX_LENGTH = 32 << 20;

  /** Most levels of nesting. */
  public static final int MAX_DEPTH = 64;

  /** Most nodes, those that aliases repeat included. */
  public static final int MAX_NODES = 4 << 20;

  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private final Iterator<Event> events;
  private final Map<Anchor, Built> anchors = new HashMap<>();
  private final Set<Anchor> open = new HashSet<>();
  private long nodes;

  /** A node and how many there are in it. */
  private record Built(YamlNode node, long nodes) {}

  private YamlReader(Iterator<Event> events) {
    this.events = events;
  }

  /**
   * All documents of a text.
   *
   * @throws YamlException when the text is no YAML or exceeds a limit
   */
  public static List<YamlNode> readAll(String text) throws YamlException {
    if (text.length() > MAX_LENGTH) {
      throw new YamlException("more than " + MAX_LENGTH + " characters", YamlMark.START);
    }
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(MAX_LENGTH).setUseMarks(true).build();
    try {
      return new YamlReader(new Parse(settings).parseString(text).iterator()).documents();
    } catch (MarkedYamlEngineException e) {
      throw new YamlException(problem(e), mark(e.getProblemMark().or(e::getContextMark)));
    } catch (ReaderException e) {
      throw new YamlException(
          String.format("character U+%04X is not allowed", e.getCodePoint()),
          place(text, e.getPosition()));
    } catch (YamlEngineException e) {
      throw new YamlException(String.valueOf(e.getMessage()), YamlMark.START);
    }
  }

  private static String problem(MarkedYamlEngineException e) {
    String problem = e.getContext() == null ? "" : e.getContext() + ", ";
    return (problem + e.getProblem()).replace('\n', ' ');
  }

  private static YamlMark mark(Optional<Mark> mark) {
    return mark.map(m -> new YamlMark(m.getIndex(), m.getLine(), m.getColumn()))
        .orElse(YamlMark.START);
  }

  private static YamlMark place(String text, int offset) {
    int line = 0;
    int start = 0;
    for (int i = 0; i < Math.min(offset, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        start = i + 1;
      }
    }
    return new YamlMark(offset, line, Math.max(0, offset - start));
  }

  private List<YamlNode> documents() throws YamlException {
    List<YamlNode> documents = new ArrayList<>();
    while (events.hasNext()) {
      Event event = events.next();
      if (event.getEventId() == Event.ID.DocumentStart) {
        anchors.clear();
        documents.add(node(events.next(), 0).node());
      }
    }
    return documents;
  }

  private Built node(Event event, int depth) throws YamlException {
    YamlMark mark = mark(event.getStartMark());
    if (depth > MAX_DEPTH) {
      throw new YamlException("nested deeper than " + MAX_DEPTH + " levels", mark);
    }
    if (event instanceof AliasEvent alias) {
      return count(alias(alias, mark), mark);
    }
    Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
    anchor.ifPresent(open::add);
    Built built =
        switch (event.getEventId()) {
          case Scalar -> count(new Built(scalar((ScalarEvent) event, mark), 1), mark);
          case SequenceStart -> sequence(mark, depth);
          case MappingStart -> mapping(mark, depth);
          default -> throw new YamlException("unexpected " + event.getEventId(), mark);
        };
    anchor.ifPresent(
        name -> {
          open.remove(name);
          anchors.put(name, built);
        });
    return built;
  }

  private Built alias(AliasEvent event, YamlMark mark) throws YamlException {
    Anchor name = event.getAlias();
    Built built = anchors.get(name);
    if (open.contains(name)) {
      throw new YamlException("the alias " + name + " stands for something around it", mark);
    }
    if (built == null) {
      throw new YamlException("the alias " + name + " has no anchor", mark);
    }
    return built;
  }

  private Built count(Built built, YamlMark mark) throws YamlException {
    nodes += built.nodes();
    if (nodes > MAX_NODES) {
      throw new YamlException("more than " + MAX_NODES + " nodes", mark);
    }
    return built;
  }

  private static YamlNode scalar(ScalarEvent event, YamlMark mark) {
    boolean plain = event.isPlain() && event.getTag().isEmpty();
    return plain && NULLS.contains(event.getValue())
        ? new YamlNode.Null(mark)
        : new YamlNode.Scalar(event.getValue(), mark);
  }

  private Built sequence(YamlMark mark, int depth) throws YamlException {
    List<YamlNode> items = new ArrayList<>();
    long before = nodes;
    count(new Built(null, 1), mark);
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      items.add(node(event, depth + 1).node());
    }
    return new Built(new YamlNode.Sequence(items, mark), nodes - before);
  }

  private Built mapping(YamlMark mark, int depth) throws YamlException {
    List<YamlNode.Entry> entries = new ArrayList<>();
    long before = nodes;
    count(new Built(null, 1), mark);
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      YamlNode key = node(event, depth + 1).node();
      entries.add(new YamlNode.Entry(key, node(events.next(), depth + 1).node()));
    }
    return new Built(new YamlNode.Mapping(entries, mark), nodes - before);
  }
}
