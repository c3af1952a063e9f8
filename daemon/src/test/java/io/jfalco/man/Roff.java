package io.jfalco.man;

import java.util.Locale;

/** A manual page in the macros of man(7). */
public final class Roff {
  private static final int WIDTH = 78;
  private static final String DATE = "2026-11-26";

  private final StringBuilder out = new StringBuilder();
  private boolean atStart;

  /** A page, with its head and its section NAME. */
  public Roff(String name, int section, String what) {
    out.append(".\\\" SPDX-License-Identifier: Apache-2.0\n");
    out.append(".\\\" Made by tests of what the program has; see CONTRIBUTING.md.\n");
    out.append(".TH ").append(name.toUpperCase(Locale.ROOT)).append(' ').append(section);
    out.append(" \"").append(DATE).append("\" \"JFalco\" \"JFalco\"\n");
    section("Name");
    out.append(escape(name)).append(" \\- ").append(text(what)).append('\n');
  }

  /** The whole page. */
  public String page() {
    return out.toString();
  }

  /** Begins a section. */
  public Roff section(String title) {
    out.append(".SH ").append(quoted(title.toUpperCase(Locale.ROOT))).append('\n');
    atStart = true;
    return this;
  }

  private static String quoted(String title) {
    return '"' + text(title).replace("\"", "\\(dq") + '"';
  }

  /** A paragraph in the Markdown that descriptions are written in: words in backquotes are bold. */
  public Roff paragraph(String markdown) {
    out.append(atStart ? "" : ".PP\n").append(wrapped(text(markdown)));
    atStart = false;
    return this;
  }

  /** An entry of a list: a term and what is said of it. */
  public Roff entry(String term, String markdown) {
    atStart = false;
    out.append(".TP\n").append(text(term)).append('\n').append(wrapped(text(markdown)));
    return this;
  }

  /** Lines that are shown as they are. */
  public Roff example(String lines) {
    out.append(atStart ? "" : ".PP\n").append(".RS 4\n.nf\n");
    atStart = false;
    lines.lines().forEach(line -> out.append(protect(escape(line))).append('\n'));
    out.append(".fi\n.RE\n");
    return this;
  }

  private static String text(String markdown) {
    String plain = markdown.replaceAll("\\[([^\\]]+)]\\([^)]*\\)", "$1").strip();
    StringBuilder text = new StringBuilder();
    String[] parts = plain.split("`", -1);
    for (int i = 0; i < parts.length; i++) {
      String escaped = escape(parts[i]);
      text.append(i % 2 == 1 ? "\\fB" + escaped + "\\fR" : escaped);
    }
    return protect(text.toString());
  }

  /** Lines that are short enough for people who compare them. */
  private static String wrapped(String text) {
    StringBuilder wrapped = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" +")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
        wrapped.append(protect(line.toString())).append('\n');
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    return wrapped.append(protect(line.toString())).append('\n').toString();
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case '\\' -> out.append("\\e");
        case '-' -> out.append("\\-");
        case '\'' -> out.append("\\(aq");
        case '~' -> out.append("\\(ti");
        case '^' -> out.append("\\(ha");
        case '`' -> out.append("\\(ga");
        case '\n' -> out.append(' ');
        default -> out.append(character);
      }
    }
    return out.toString();
  }

  /** A dot at the start of a line would be a request. */
  private static String protect(String line) {
    return line.startsWith(".") ? "\\&" + line : line;
  }
}
