package io.jfalco.rule.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jfalco.issue.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trees of YAML texts, with line, column and offset of each node. */
class YamlReaderTest {
  record Case(String title, String text, String tree) {
    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Case> cases() throws IOException {
    try (InputStream in = YamlReaderTest.class.getResourceAsStream("trees.golden")) {
      String[] parts = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^=== ?");
      return Stream.of(parts).skip(1).map(YamlReaderTest::parse);
    }
  }

  /** Rewrites the trees with {@code -Dgolden.update=true}; look at the difference then. */
  @BeforeAll
  static void update() throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Path golden = Path.of("src/test/resources/io/jfalco/rule/yaml/trees.golden");
      String[] parts = Files.readString(golden).split("(?m)^(?==== ?)");
      StringBuilder all = new StringBuilder(parts[0]);
      for (String part : List.of(parts).subList(1, parts.length)) {
        Case given = parse(part.replaceFirst("=== ?", ""));
        all.append(part, 0, part.indexOf("\n-->\n") + 5);
        all.append(tree(given.text().getBytes(StandardCharsets.UTF_8))).append("\n\n");
      }
      Files.writeString(golden, all.toString().stripTrailing() + "\n");
    }
  }

  private static Case parse(String part) {
    int title = part.indexOf('\n');
    int tree = part.indexOf("\n-->\n");
    String name = part.substring(0, title);
    String text = part.substring(title + 1, tree + 1);
    text = name.endsWith("(CRLF)") ? text.replace("\n", "\r\n") : text;
    text = name.endsWith("(no line end at the end)") ? text.stripTrailing() : text;
    return new Case(name, text, part.substring(tree + 5).stripTrailing());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trees(Case given) {
    byte[] text = given.text().getBytes(StandardCharsets.UTF_8);
    assertThat(tree(text)).isEqualTo(given.tree());
  }

  private static String tree(byte[] text) {
    StringBuilder out = new StringBuilder();
    try {
      YamlReader.readAll(text).forEach(document -> append(document, 0, out));
    } catch (YamlException e) {
      return e.getMessage();
    }
    return out.toString().stripTrailing();
  }

  private static void append(YamlNode node, int depth, StringBuilder out) {
    out.append("  ".repeat(depth));
    if (node instanceof YamlNode.Null) {
      out.append("null");
    } else if (node instanceof YamlNode.Scalar scalar) {
      out.append("scalar ").append(ascii(Json.write(scalar.text())));
    } else {
      out.append(node instanceof YamlNode.Sequence ? "seq" : "map");
    }
    YamlMark mark = node.mark();
    out.append(" @").append(mark.line()).append(':').append(mark.column());
    out.append(':').append(mark.offset()).append('\n');
    if (node instanceof YamlNode.Sequence sequence) {
      sequence.items().forEach(item -> append(item, depth + 1, out));
    } else if (node instanceof YamlNode.Mapping mapping) {
      for (YamlNode.Entry entry : mapping.entries()) {
        append(entry.key(), depth + 1, out);
        append(entry.value(), depth + 2, out);
      }
    }
  }

  private static String ascii(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character < 0x7F) {
        out.append(character);
      } else {
        out.append("\\u%04x".formatted((int) character));
      }
    }
    return out.toString();
  }

  private static YamlException problem(String text) {
    return catchThrowableOfType(
        YamlException.class, () -> YamlReader.readAll(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void nestingHasALimit() throws YamlException {
    String most = "[".repeat(YamlReader.MAX_DEPTH - 1) + "]".repeat(YamlReader.MAX_DEPTH - 1);
    assertThat(YamlReader.readAll(most.getBytes(StandardCharsets.UTF_8))).hasSize(1);
    for (String open : new String[] {"[", "- ", "{a: ", "? ", "!x [", "&x {a: "}) {
      assertThat(problem(open.repeat(10_000))).hasMessageEndingWith("bad file");
    }
  }

  @Test
  void nodesHaveALimit() {
    assertThat(problem("- x\n".repeat(YamlReader.MAX_NODES)))
        .hasMessageContaining("more than 524288 nodes");
    assertThat(problem("--- x\n".repeat(YamlReader.MAX_NODES + 1)))
        .hasMessageContaining("more than 524288 nodes");
  }

  @Test
  void longTextsHaveALimit() {
    byte[] text = new byte[YamlReader.MAX_LENGTH + 1];
    assertThat(catchThrowableOfType(YamlException.class, () -> YamlReader.readAll(text)))
        .hasMessageContaining("more than 8388608 bytes");
  }
}
