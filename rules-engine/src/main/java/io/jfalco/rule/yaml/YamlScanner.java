package io.jfalco.rule.yaml;

import io.jfalco.event.Bytes;
import io.jfalco.rule.yaml.ScalarScanner.Style;
import io.jfalco.rule.yaml.SimpleKey.Indent;
import io.jfalco.rule.yaml.Token.Kind;
import io.jfalco.rule.yaml.Token.Status;
import java.util.ArrayDeque;

/** Splits a YAML text into tokens, those included that only its indentation tells. */
final class YamlScanner {
  private final YamlInput input;
  private final ArrayDeque<Token> tokens = new ArrayDeque<>();
  private final ArrayDeque<SimpleKey> keys = new ArrayDeque<>();
  private final ArrayDeque<Indent> indents = new ArrayDeque<>();

  /** Open brackets and braces; true for a bracket. */
  private final ArrayDeque<Boolean> flows = new ArrayDeque<>();

  private boolean keyAllowed = true;
  private boolean scalarAllowed = true;

  /** True behind something after which a colon in a flow collection needs no blank. */
  private boolean behindQuoted;

  private boolean ended;

  YamlScanner(byte[] text) {
    input = new YamlInput(text);
    indents.push(new Indent(-1, false, null));
  }

  /** How far the text was read. */
  YamlMark mark() {
    return input.mark();
  }

  /** The next token; null behind the last one. */
  Token peek() throws YamlException {
    while (true) {
      Token token = tokens.peek();
      if (token != null && token.status == Status.VALID) {
        return token;
      }
      if (token != null && token.status == Status.INVALID) {
        tokens.remove();
      } else if (ended) {
        // A key that the text ends behind counts as one.
        return token;
      } else {
        scan();
        dropLongKey();
      }
    }
  }

  /** What began too long ago is no key; it must not hold up what follows. */
  private void dropLongKey() {
    SimpleKey oldest = keys.peekLast();
    if (oldest != null && oldest.key.status == Status.OPEN && oldest.isTooLong(input)) {
      for (SimpleKey key : keys) {
        if (key.isTooLong(input)) {
          key.dropTokens(Status.INVALID);
        }
      }
    }
  }

  Token next() throws YamlException {
    Token token = peek();
    tokens.remove();
    return token;
  }

  private boolean inFlow() {
    return !flows.isEmpty();
  }

  private Token push(Kind kind, YamlMark mark, String text) {
    Token token = new Token(kind, mark, text);
    tokens.add(token);
    return token;
  }

  /** Takes the characters of a token. */
  private void take(Kind kind, int length) {
    push(kind, input.mark(), "");
    input.skip(length);
  }

  private YamlException problem(String text) {
    return new YamlException(text, input.mark());
  }

  private void scan() throws YamlException {
    skipToToken();
    closeIndents();
    if (input.isAtEnd()) {
      end();
    } else if (input.column() == 0 && input.peek() == '%') {
      scanDirective();
    } else if (input.isAtMarker('-')) {
      scanDocumentMarker(Kind.DOCUMENT_START);
    } else if (input.isAtMarker('.')) {
      scanDocumentMarker(Kind.DOCUMENT_END);
    } else if (input.isOneOf("[{")) {
      scanFlowStart();
    } else if (input.isOneOf("]}")) {
      scanFlowEnd();
    } else if (input.peek() == ',') {
      scanFlowEntry();
    } else if (input.peek() == '-' && input.isSpaceOrEnd(1)) {
      scanBlockEntry();
    } else if (input.peek() == '?' && input.isSpace(1)) {
      scanKey();
    } else if (isAtValue()) {
      scanValue();
    } else {
      scanContent();
    }
  }

  private void scanContent() throws YamlException {
    int first = input.peek();
    if (first == '*' || first == '&') {
      scanAnchor(first == '*');
    } else if (first == '!') {
      insertKey();
      keyAllowed = false;
      behindQuoted = false;
      YamlMark mark = input.mark();
      push(Kind.TAG, mark, YamlTag.read(input));
    } else if (!inFlow() && (first == '|' || first == '>')) {
      scanBlockScalar();
    } else if (!scalarAllowed) {
      throw problem("unexpected scalar");
    } else if (first == '\'' || first == '"') {
      scanQuoted(first == '"' ? Style.DOUBLE_QUOTED : Style.SINGLE_QUOTED);
    } else if (isAtPlain()) {
      scanPlain();
    } else {
      throw problem("unknown token");
    }
  }

  private void skipToToken() {
    while (true) {
      while (input.isBlank(0)) {
        if (!inFlow() && input.peek() == '\t') {
          keyAllowed = false;
        }
        input.next();
      }
      if (input.peek() == '#') {
        input.skipLine();
      }
      if (!input.isBreak(0)) {
        return;
      }
      input.skip(input.breakLength());
      dropKey();
      scalarAllowed = true;
      if (!inFlow()) {
        keyAllowed = true;
      }
    }
  }

  private boolean isAtValue() {
    if (input.peek() != ':') {
      return false;
    }
    if (!inFlow()) {
      return input.isSpaceOrEnd(1);
    }
    return behindQuoted || input.isSpace(1) || input.isOneOf(",]}", 1);
  }

  private boolean isAtPlain() {
    if (inFlow()) {
      return !input.isSpace(0)
          && !input.isOneOf("?,[]{}#&*!|>'\"%@`")
          && !(input.isOneOf("-:") && (input.isBlank(1) || input.peek(1) == YamlInput.END));
    }
    return !input.isSpace(0)
        && !input.isOneOf(",[]{}#&*!|>'\"%@`")
        && !(input.isOneOf("-?:") && input.isSpaceOrEnd(1));
  }

  private void end() {
    input.endLine();
    closeAll();
    keyAllowed = false;
    scalarAllowed = false;
    ended = true;
  }

  private void closeAll() {
    while (!inFlow() && !indents.isEmpty() && indents.peek().column >= 0) {
      closeIndent();
    }
    keys.clear();
  }

  private void closeIndents() {
    if (inFlow()) {
      return;
    }
    while (!indents.isEmpty()) {
      Indent indent = indents.peek();
      boolean over =
          indent.column > input.column()
              || indent.column == input.column()
                  && indent.sequence
                  && !(input.peek() == '-' && input.isSpaceOrEnd(1));
      if (!over) {
        break;
      }
      closeIndent();
    }
    while (!indents.isEmpty() && indents.peek().status == Status.INVALID) {
      closeIndent();
    }
  }

  private void closeIndent() {
    Indent indent = indents.pop();
    if (indent.status != Status.VALID) {
      dropKey();
    } else if (indent.start != null) {
      push(indent.sequence ? Kind.BLOCK_SEQUENCE_END : Kind.BLOCK_MAPPING_END, input.mark(), "");
    }
  }

  /** Opens a block collection here; null when there is none to open. */
  private Indent openIndent(boolean sequence) {
    int column = input.column();
    Indent last = indents.peek();
    boolean within = last.start != null && !last.sequence && sequence;
    if (inFlow() || column < last.column || column == last.column && !within) {
      return null;
    }
    Kind kind = sequence ? Kind.BLOCK_SEQUENCE_START : Kind.BLOCK_MAPPING_START;
    Indent indent = new Indent(column, sequence, push(kind, input.mark(), ""));
    indents.push(indent);
    return indent;
  }

  private boolean hasKey() {
    return !keys.isEmpty() && keys.peek().flowLevel == flows.size();
  }

  private void insertKey() {
    if (!keyAllowed || hasKey()) {
      return;
    }
    Indent indent = inFlow() ? null : openIndent(false);
    Token token = push(Kind.KEY, input.mark(), "");
    SimpleKey key = new SimpleKey(input, flows.size(), token, indent);
    key.settle(Status.OPEN);
    keys.push(key);
  }

  private void dropKey() {
    if (hasKey()) {
      keys.pop().settle(Status.INVALID);
    }
  }

  private boolean settleKey() {
    if (!hasKey()) {
      return false;
    }
    SimpleKey key = keys.pop();
    boolean valid = key.canEndAt(input);
    key.settle(valid ? Status.VALID : Status.INVALID);
    return valid;
  }

  private void scanDirective() {
    closeAll();
    keyAllowed = false;
    behindQuoted = false;
    YamlMark mark = input.mark();
    StringBuilder line = new StringBuilder();
    input.next();
    while (!input.isAtEnd() && !input.isBreak(0) && input.peek() != '#') {
      boolean blank = input.isBlank(0);
      while (!input.isAtEnd() && input.isSpace(0) == blank && !input.isBreak(0)) {
        int value = input.next();
        line.append(blank ? "" : (char) value);
      }
      line.append(blank ? " " : "");
    }
    push(Kind.DIRECTIVE, mark, line.toString());
  }

  private void scanDocumentMarker(Kind kind) {
    closeAll();
    keyAllowed = false;
    behindQuoted = false;
    take(kind, 3);
  }

  private void scanFlowStart() {
    insertKey();
    keyAllowed = true;
    behindQuoted = false;
    boolean sequence = input.peek() == '[';
    take(sequence ? Kind.FLOW_SEQUENCE_START : Kind.FLOW_MAPPING_START, 1);
    flows.push(sequence);
  }

  private void scanFlowEnd() throws YamlException {
    if (!inFlow()) {
      throw problem("illegal flow end");
    }
    endFlowItem();
    keyAllowed = false;
    behindQuoted = true;
    boolean sequence = input.peek() == ']';
    if (sequence != flows.peek()) {
      throw problem("illegal flow end");
    }
    flows.pop();
    take(sequence ? Kind.FLOW_SEQUENCE_END : Kind.FLOW_MAPPING_END, 1);
  }

  private void scanFlowEntry() throws YamlException {
    if (input.column() == 0) {
      throw problem("plain value cannot start with flow indicator character");
    }
    if (!scalarAllowed) {
      throw problem("unexpected scalar");
    }
    if (inFlow()) {
      endFlowItem();
    }
    keyAllowed = true;
    behindQuoted = false;
    take(Kind.FLOW_ENTRY, 1);
  }

  /** In a mapping, what has no colon behind it is a key without value. */
  private void endFlowItem() {
    if (flows.peek()) {
      dropKey();
    } else if (settleKey()) {
      push(Kind.VALUE, input.mark(), "");
    }
  }

  private void scanBlockEntry() throws YamlException {
    if (inFlow() || !keyAllowed) {
      throw problem("illegal block entry");
    }
    openIndent(true);
    keyAllowed = true;
    behindQuoted = false;
    take(Kind.BLOCK_ENTRY, 1);
  }

  private void scanKey() throws YamlException {
    if (!inFlow()) {
      if (!keyAllowed) {
        throw problem("illegal map key");
      }
      openIndent(false);
    }
    keyAllowed = !inFlow();
    take(Kind.KEY, 1);
  }

  private void scanValue() throws YamlException {
    boolean simple = settleKey();
    behindQuoted = false;
    if (!simple && !inFlow()) {
      if (!keyAllowed) {
        throw problem("illegal map value");
      }
      openIndent(false);
    }
    keyAllowed = !simple && !inFlow();
    scalarAllowed = true;
    take(Kind.VALUE, 1);
  }

  private void scanAnchor(boolean alias) throws YamlException {
    insertKey();
    keyAllowed = false;
    behindQuoted = false;
    YamlMark mark = input.mark();
    input.next();
    Bytes name = new Bytes();
    while (!input.isAtEnd() && !input.isOneOf("[]{},") && !input.isSpace(0)) {
      name.append(input.next());
    }
    String what = alias ? "alias" : "anchor";
    if (name.isEmpty()) {
      throw problem(what + " not found after " + (alias ? '*' : '&'));
    }
    if (!input.isAtEnd() && !input.isOneOf("?:,]}%@`") && !input.isSpace(0)) {
      throw problem("illegal character found while scanning " + what);
    }
    push(alias ? Kind.ALIAS : Kind.ANCHOR, mark, name.toString());
  }

  private void scanPlain() throws YamlException {
    int indent = inFlow() ? 0 : topIndent() + 1;
    insertKey();
    YamlMark mark = input.mark();
    Style style = inFlow() ? Style.PLAIN_IN_FLOW : Style.PLAIN;
    ScalarScanner scalar = new ScalarScanner(input, style, indent);
    push(Kind.PLAIN_SCALAR, mark, scalar.scan());
    keyAllowed = scalar.endedByIndent();
    behindQuoted = false;
  }

  private int topIndent() {
    return indents.isEmpty() ? 0 : indents.peek().column;
  }

  private void scanQuoted(Style style) throws YamlException {
    insertKey();
    YamlMark mark = input.mark();
    input.next();
    push(Kind.QUOTED_SCALAR, mark, new ScalarScanner(input, style, 0).scan());
    keyAllowed = false;
    scalarAllowed = inFlow();
    behindQuoted = true;
  }

  private void scanBlockScalar() throws YamlException {
    YamlMark mark = input.mark();
    Style style = input.next() == '>' ? Style.FOLDED : Style.LITERAL;
    char chomping = ' ';
    int indent = 0;
    for (int i = 0; i < 2; i++) {
      if (chomping == ' ' && input.isOneOf("+-")) {
        chomping = (char) input.next();
      } else if (indent == 0 && input.isOneOf("0123456789")) {
        indent = input.next() - '0';
        if (indent == 0) {
          throw problem("cannot set zero indentation for a block scalar");
        }
      }
    }
    while (input.isBlank(0)) {
      input.next();
    }
    if (input.peek() == '#') {
      input.skipLine();
    }
    if (!input.isAtEnd() && !input.isBreak(0)) {
      throw problem("unexpected character in block scalar");
    }
    int least = Math.max(indent, 1) + Math.max(topIndent(), 0);
    ScalarScanner scalar = new ScalarScanner(input, style, least).withHeader(indent == 0, chomping);
    push(Kind.QUOTED_SCALAR, mark, scalar.scan());
    keyAllowed = true;
    behindQuoted = false;
  }
}
