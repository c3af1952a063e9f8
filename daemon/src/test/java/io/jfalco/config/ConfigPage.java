package io.jfalco.config;

import java.util.Map;
import java.util.stream.Collectors;

/** The reference page of the configuration, made of the keys. */
final class ConfigPage {
  private static final String HEAD =
      """
      # Configuration

      Keys are those of Falco 0.44. The file is `/etc/falco/falco.yaml`, another with `-c FILE`; `-o KEY=VALUE`
      sets one key (`-o json_output=true`, `-o "append_output[]={...}"`), after all files. `${NAME}` in a value of a
      file is replaced by the environment variable, `$${NAME}` stands for the text itself.

      **Default** is what holds when the key is in no file; the installed [falco.yaml](../../etc/falco/falco.yaml)
      sets some keys otherwise. `[]` after a name is an entry of a list. A value of a wrong type counts as absent, and an
      unknown key is skipped: the log says `schema validation: failed` for that file, and names each with line, column
      and the key that may be meant. So it does for `-o`. [Keys of earlier versions](#keys-of-earlier-versions) do not
      stop the start either.

      | supported | what it means |
      |---|---|
      | yes | as described |
      | warns | not supported yet: switched on, it is warned about at the start, and has no effect |
      | warns if false | not supported yet: switched off, it is warned about at the start |
      | no effect | not supported yet: read and not used. Most of these only matter beside a key that warns |

      ## How files are merged

      The strategy of an entry of `config_files` holds for keys of the top level, which are never merged below it:

      | strategy | what it does |
      |---|---|
      | `append` (default) | lists are joined; any other value replaces the one before |
      | `override` | the new value replaces the one before |
      | `add-only` | only keys that were not there yet are taken |

      An included file cannot include others.
      """;

  private static final String OLD =
      """

      ## Keys of earlier versions

      Each is named in a warning with its place. Where a key of today took its place, that gets the value, unless it is
      given too. `rules_file` (up to 0.37) is still read. `engine.kind: ebpf` and `gvisor` are refused, as by Falco.

      | key | up to Falco | its value is taken for | what to do |
      |---|---|---|---|
      """;

  private ConfigPage() {}

  static String text() {
    StringBuilder out = new StringBuilder(HEAD);
    for (Map.Entry<String, String> section : ConfigKeys.sections().entrySet()) {
      out.append("\n## ").append(section.getKey()).append("\n\n");
      if (!section.getValue().isEmpty()) {
        out.append(section.getValue()).append("\n\n");
      }
      out.append("| key | type | default | what it does | supported |\n|---|---|---|---|---|\n");
      for (ConfigKey key : ConfigKeys.all().values()) {
        if (key.section().equals(section.getKey())) {
          append(out, key);
        }
      }
    }
    out.append(OLD);
    for (OldKeys.OldKey key : OldKeys.all().values()) {
      String replacements =
          key.replacements().stream()
              .map(name -> "`" + name + "`")
              .collect(Collectors.joining(", "));
      out.append("| `").append(key.name()).append("` | ").append(key.last());
      out.append(" | ").append(replacements).append(" | ").append(key.text().replace('\'', '`'));
      out.append(" |\n");
    }
    return out.toString();
  }

  private static void append(StringBuilder out, ConfigKey key) {
    String absent = key.absent().isEmpty() ? "" : "`" + key.absent() + "`";
    out.append("| `").append(key.name()).append("` | ").append(key.type());
    out.append(" | ").append(absent).append(" | ").append(key.text());
    out.append(" | ").append(key.support()).append(" |\n");
  }
}
