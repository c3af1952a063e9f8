package io.jfalco.rule.yaml;

import io.jfalco.rule.yaml.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads YAML texts as the library does that Falco uses: what is a mistake, where and why, and which
 * places values have. An alias stands for the node of its anchor; what all aliases together stand
 * for is limited, so that whoever walks through the tree comes to an end.
 */
public final class YamlReader {
  /** Longest text, in bytes. */
  public static final int MAX_LENGTH = 32 << 20;

  /** Fewest levels of nesting that are too many. */
  public static final int MAX_DEPTH = 500;

  /** Most nodes, those that aliases repeat included. */
  public static final int MAX_NODES = 1 << 20;

  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private final YamlScanner scanner;
  private final Map<String, Built> anchors = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private boolean inFlowSequence;
  private int depth;
  private long nodes;

  /** A node and how many there are in it. */
  private record Built(YamlNode node, long nodes) {}

  private YamlReader(byte[] text) {
    scanner = new YamlScanner(text);
  }

  /**
   * The documents of a text, up to the first that is empty.
   *
   * @throws YamlException when the text is no YAML or exceeds a limit
   */
  public static List<YamlNode> readAll(byte[] text) throws YamlException {
    if (text.length > MAX_LENGTH) {
      throw new YamlException("more than " + MAX_LENGTH + " bytes", YamlMark.START);
    }
    return new YamlReader(text).documents();
  }

  private List<YamlNode> documents() throws YamlException {
    List<YamlNode> documents = new ArrayList<>();
    while (readDirectives()) {
      anchors.clear();
      skip(Kind.DOCUMENT_START);
      YamlNode document = node();
      if (document instanceof YamlNode.Null) {
        break;
      }
      documents.add(document);
      while (isAt(Kind.DOCUMENT_END)) {
        scanner.next();
      }
    }
    return documents;
  }

  /** False when nothing follows. */
  private boolean readDirectives() throws YamlException {
    YamlDirectives directives = new YamlDirectives();
    while (isAt(Kind.DIRECTIVE)) {
      directives.read(scanner.next());
    }
    return scanner.peek() != null;
  }

  private boolean isAt(Kind kind) throws YamlException {
    Token token = scanner.peek();
    return token != null && token.kind == kind;
  }

  private boolean skip(Kind kind) throws YamlException {
    boolean there = isAt(kind);
    if (there) {
      scanner.next();
    }
    return there;
  }

  private YamlNode node() throws YamlException {
    depth++;
    if (depth >= MAX_DEPTH) {
      throw new YamlException("bad file", scanner.mark());
    }
    YamlNode node = nodeHere();
    depth--;
    return node;
  }

  private YamlNode nodeHere() throws YamlException {
    Token first = scanner.peek();
    if (first == null) {
      return nothing(scanner.mark());
    }
    if (first.kind == Kind.VALUE) {
      return compactMapping(first.mark);
    }
    if (first.kind == Kind.ALIAS) {
      return alias(scanner.next());
    }
    boolean tagged = false;
    String anchor = "";
    while (isAt(Kind.TAG) || isAt(Kind.ANCHOR)) {
      Token property = scanner.next();
      boolean tag = property.kind == Kind.TAG;
      if (tag ? tagged : !anchor.isEmpty()) {
        String what = tag ? "tags" : "anchors";
        throw new YamlException(
            "cannot assign multiple " + what + " to the same node", property.mark);
      }
      tagged |= tag && !property.text.isEmpty();
      anchor = tag ? anchor : property.text;
    }
    return anchor.isEmpty() ? content(first.mark, tagged) : anchored(anchor, first.mark, tagged);
  }

  private YamlNode anchored(String anchor, YamlMark mark, boolean tagged) throws YamlException {
    anchors.remove(anchor);
    boolean outer = !open.add(anchor);
    long before = nodes;
    YamlNode node = content(mark, tagged);
    anchors.put(anchor, new Built(node, nodes - before));
    if (!outer) {
      open.remove(anchor);
    }
    return node;
  }

  private YamlNode alias(Token token) throws YamlException {
    Built built = anchors.get(token.text);
    if (built == null) {
      throw new YamlException(
          open.contains(token.text)
              ? "the alias stands for something around it: " + token.text
              : "the referenced anchor is not defined: " + token.text,
          token.mark);
    }
    count(built.nodes(), token.mark);
    return built.node();
  }

  private void count(long more, YamlMark mark) throws YamlException {
    nodes += more;
    if (nodes > MAX_NODES) {
      throw new YamlException("more than " + MAX_NODES + " nodes", mark);
    }
  }

  private YamlNode nothing(YamlMark mark) throws YamlException {
    count(1, mark);
    return new YamlNode.Null(mark);
  }

  private YamlNode content(YamlMark mark, boolean tagged) throws YamlException {
    Token token = scanner.peek();
    if (token == null) {
      return nothing(mark);
    }
    return switch (token.kind) {
      case PLAIN_SCALAR, QUOTED_SCALAR -> scalar(scanner.next(), mark, tagged);
      case BLOCK_SEQUENCE_START, FLOW_SEQUENCE_START -> sequence(mark);
      case BLOCK_MAPPING_START, FLOW_MAPPING_START -> mapping(mark);
      default -> {
        if (token.kind == Kind.KEY && inFlowSequence) {
          yield compactMapping(mark);
        }
        count(1, mark);
        yield tagged ? new YamlNode.Scalar("", mark) : new YamlNode.Null(mark);
      }
    };
  }

  private YamlNode scalar(Token token, YamlMark mark, boolean tagged) throws YamlException {
    count(1, mark);
    boolean empty = token.kind == Kind.PLAIN_SCALAR && !tagged && NULLS.contains(token.text);
    return empty ? new YamlNode.Null(mark) : new YamlNode.Scalar(token.text, mark);
  }

  private YamlNode sequence(YamlMark mark) throws YamlException {
    count(1, mark);
    boolean flow = scanner.next().kind == Kind.FLOW_SEQUENCE_START;
    boolean outer = inFlowSequence;
    inFlowSequence = flow;
    List<YamlNode> items = new ArrayList<>();
    if (flow) {
      readFlowSequence(items);
    } else {
      readBlockSequence(items);
    }
    inFlowSequence = outer;
    return new YamlNode.Sequence(items, mark);
  }

  private void readBlockSequence(List<YamlNode> items) throws YamlException {
    while (!skip(Kind.BLOCK_SEQUENCE_END)) {
      expect(Kind.BLOCK_ENTRY, "end of sequence not found");
      Token next = scanner.peek();
      boolean empty =
          next != null && (next.kind == Kind.BLOCK_ENTRY || next.kind == Kind.BLOCK_SEQUENCE_END);
      items.add(empty ? nothing(next.mark) : node());
    }
  }

  private void expect(Kind kind, String problem) throws YamlException {
    if (!skip(kind)) {
      Token token = scanner.peek();
      throw new YamlException(problem, token == null ? scanner.mark() : token.mark);
    }
  }

  private void readFlowSequence(List<YamlNode> items) throws YamlException {
    String problem = "end of sequence flow not found";
    while (!skip(Kind.FLOW_SEQUENCE_END)) {
      if (scanner.peek() == null) {
        throw new YamlException(problem, scanner.mark());
      }
      items.add(node());
      if (!isAt(Kind.FLOW_SEQUENCE_END)) {
        expect(Kind.FLOW_ENTRY, problem);
      }
    }
  }

  private YamlNode mapping(YamlMark mark) throws YamlException {
    count(1, mark);
    boolean flow = scanner.next().kind == Kind.FLOW_MAPPING_START;
    boolean outer = inFlowSequence;
    inFlowSequence = false;
    List<YamlNode.Entry> entries = new ArrayList<>();
    if (flow) {
      readFlowMapping(entries);
    } else {
      readBlockMapping(entries);
    }
    inFlowSequence = outer;
    return new YamlNode.Mapping(entries, mark);
  }

  private void readBlockMapping(List<YamlNode.Entry> entries) throws YamlException {
    while (!skip(Kind.BLOCK_MAPPING_END)) {
      if (!isAt(Kind.VALUE) && !isAt(Kind.KEY)) {
        expect(Kind.KEY, "end of map not found");
      }
      entries.add(entry());
    }
  }

  private void readFlowMapping(List<YamlNode.Entry> entries) throws YamlException {
    String problem = "end of map flow not found";
    while (!skip(Kind.FLOW_MAPPING_END)) {
      if (scanner.peek() == null) {
        throw new YamlException(problem, scanner.mark());
      }
      entries.add(entry());
      if (!isAt(Kind.FLOW_MAPPING_END)) {
        expect(Kind.FLOW_ENTRY, problem);
      }
    }
  }

  /** A key and its value, each of which may be missing. */
  private YamlNode.Entry entry() throws YamlException {
    YamlMark mark = scanner.peek().mark;
    YamlNode key = skip(Kind.KEY) ? node() : nothing(mark);
    YamlNode value = skip(Kind.VALUE) ? node() : nothing(mark);
    return new YamlNode.Entry(key, value);
  }

  /** A mapping of one entry, without braces. */
  private YamlNode compactMapping(YamlMark mark) throws YamlException {
    count(1, mark);
    boolean outer = inFlowSequence;
    inFlowSequence = false;
    List<YamlNode.Entry> entries = List.of(entry());
    inFlowSequence = outer;
    return new YamlNode.Mapping(entries, mark);
  }
}
