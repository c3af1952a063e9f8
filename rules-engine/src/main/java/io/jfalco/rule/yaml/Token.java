package io.jfalco.rule.yaml;

/** A token of a YAML text. Whether what opens a key is one shows only at the colon behind it. */
final class Token {
  /** Kinds of tokens. */
  enum Kind {
    DIRECTIVE,
    DOCUMENT_START,
    DOCUMENT_END,
    BLOCK_SEQUENCE_START,
    BLOCK_SEQUENCE_END,
    BLOCK_MAPPING_START,
    BLOCK_MAPPING_END,
    BLOCK_ENTRY,
    FLOW_SEQUENCE_START,
    FLOW_SEQUENCE_END,
    FLOW_MAPPING_START,
    FLOW_MAPPING_END,
    FLOW_ENTRY,
    KEY,
    VALUE,
    ANCHOR,
    ALIAS,
    TAG,
    PLAIN_SCALAR,
    QUOTED_SCALAR
  }

  /** Whether the token is there. */
  enum Status {
    VALID,
    INVALID,
    OPEN
  }

  final Kind kind;
  final YamlMark mark;
  final String text;
  Status status = Status.VALID;

  Token(Kind kind, YamlMark mark, String text) {
    this.kind = kind;
    this.mark = mark;
    this.text = text;
  }
}
