package io.jfalco.rule.yaml;

import java.nio.charset.StandardCharsets;
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
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML texts. An alias stands for the node of its anchor; what all aliases together stand for
 * is limited, so that whoever walks through the tree comes to an end.
 */
public final class YamlReader {
  /** Longest text, in bytes. */
  public static final int MAX_LENGTH = 8 << 20;

  /** Fewest levels of nesting that are too many, as in Falco. */
  public static final int MAX_DEPTH = 500;

  /** Most nodes, those that aliases repeat included. */
  public static final int MAX_NODES = 1 << 19;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Small buffers cost the library time that grows with the square of a line's length. */
  private static final int BUFFER = 1 << 18;

  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private final Iterator<Event> events;
  private final Places places;
  private final Map<Anchor, Built> anchors = new HashMap<>();
  private final Set<Anchor> open = new HashSet<>();
  private Event next;
  private long nodes;

  /** A node and how many there are in it. */
  private record Built(YamlNode node, long nodes) {}

  private YamlReader(Iterator<Event> events, Places places) {
    this.events = events;
    this.places = places;
  }

  /**
   * The documents of a text, up to the first that is empty.
   *
   * @param content the text, in UTF-8
   * @throws YamlException when the text is no YAML or exceeds a limit
   */
  public static List<YamlNode> readAll(byte[] content) throws YamlException {
    if (content.length > MAX_LENGTH) {
      throw new YamlException("more than " + MAX_LENGTH + " bytes", YamlMark.START);
    }
    String decoded = new String(content, StandardCharsets.UTF_8);
    String text = decoded.startsWith(BYTE_ORDER_MARK) ? decoded.substring(1) : decoded;
    Places places = new Places(text);
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(MAX_LENGTH)
            .setUseMarks(true)
            .setBufferSize(Math.max(1024, Math.min(text.length(), BUFFER)))
            .build();
    try {
      return new YamlReader(new Parse(settings).parseString(text).iterator(), places).documents();
    } catch (MarkedYamlEngineException e) {
      YamlMark mark =
          e.getProblemMark().or(e::getContextMark).map(places::of).orElse(YamlMark.START);
      throw new YamlException(problem(e), mark);
    } catch (ReaderException e) {
      throw new YamlException(
          String.format("character U+%04X is not allowed", e.getCodePoint()),
          place(text, places, e.getPosition()));
    } catch (YamlEngineException e) {
      throw new YamlException(String.valueOf(e.getMessage()), YamlMark.START);
    }
  }

  private static String problem(MarkedYamlEngineException e) {
    String problem = e.getContext() == null ? "" : e.getContext() + ", ";
    return (problem + e.getProblem()).replace('\n', ' ');
  }

  /** The place of a character, by its number. */
  private static YamlMark place(String text, Places places, int character) {
    int line = 0;
    int start = 0;
    int index = 0;
    for (int i = 0; i < text.length() && index < character; index++) {
      if (text.charAt(i) == '\n') {
        line++;
        start = index + 1;
      }
      i += Character.charCount(text.codePointAt(i));
    }
    int offset = places.offset(character);
    return new YamlMark(offset, line, offset - places.offset(start));
  }

  private Event take() {
    Event event = peek();
    next = null;
    return event;
  }

  private Event peek() {
    if (next == null) {
      next = events.next();
    }
    return next;
  }

  private YamlMark mark(Event event) {
    return event.getStartMark().map(places::of).orElse(YamlMark.START);
  }

  private List<YamlNode> documents() throws YamlException {
    List<YamlNode> documents = new ArrayList<>();
    while (take().getEventId() != Event.ID.StreamEnd) {
      if (peek().getEventId() == Event.ID.DocumentStart) {
        take();
        anchors.clear();
        YamlNode document = node(0).node();
        if (document instanceof YamlNode.Null) {
          break;
        }
        documents.add(document);
      }
    }
    return documents;
  }

  private Built node(int depth) throws YamlException {
    Event event = take();
    YamlMark mark = mark(event);
    if (depth >= MAX_DEPTH) {
      throw new YamlException("nested " + MAX_DEPTH + " levels deep: bad file", mark);
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
      throw new YamlException("the alias stands for something around it: " + name, mark);
    }
    if (built == null) {
      throw new YamlException("the referenced anchor is not defined: " + name, mark);
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

  private YamlNode scalar(ScalarEvent event, YamlMark mark) {
    boolean plain = event.isPlain() && event.getTag().isEmpty();
    if (!plain || !NULLS.contains(event.getValue())) {
      return new YamlNode.Scalar(event.getValue(), mark);
    }
    // A value that is not there is where what follows begins.
    boolean nothing = event.getValue().isEmpty() && event.getAnchor().isEmpty();
    return new YamlNode.Null(
        nothing ? event.getStartMark().map(places::behind).orElse(mark) : mark);
  }

  private Built sequence(YamlMark mark, int depth) throws YamlException {
    List<YamlNode> items = new ArrayList<>();
    long before = nodes;
    count(new Built(null, 1), mark);
    while (peek().getEventId() != Event.ID.SequenceEnd) {
      items.add(node(depth + 1).node());
    }
    take();
    return new Built(new YamlNode.Sequence(items, mark), nodes - before);
  }

  private Built mapping(YamlMark mark, int depth) throws YamlException {
    List<YamlNode.Entry> entries = new ArrayList<>();
    long before = nodes;
    count(new Built(null, 1), mark);
    while (peek().getEventId() != Event.ID.MappingEnd) {
      YamlNode key = node(depth + 1).node();
      entries.add(new YamlNode.Entry(key, node(depth + 1).node()));
    }
    take();
    return new Built(new YamlNode.Mapping(entries, mark), nodes - before);
  }
}
