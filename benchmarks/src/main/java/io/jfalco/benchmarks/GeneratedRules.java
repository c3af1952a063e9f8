package io.jfalco.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes rules as people write them: on top of the macros of a shipped rules file, each with its
 * own paths, programs and exceptions. All names are made up, so no event of a benchmark matches
 * one.
 *
 * <p>In a hundred rules there are about
 *
 * <ul>
 *   <li>40 on files opened for reading or writing, by prefix, whole name, directory, suffix or
 *       part,
 *   <li>35 on programs started, by name, path, arguments, parent or ancestors,
 *   <li>10 on connections, by port, address or network,
 *   <li>10 on files removed, renamed or linked,
 *   <li>5 that nothing can be looked up for: patterns and regular expressions.
 * </ul>
 *
 * <p>Half of them name a second macro (containers, shells), a quarter ask for one of two fields,
 * and most have one or two exceptions.
 */
final class GeneratedRules {
  private static final String[] DIRECTORIES = {
    "/etc/app", "/opt/vendor", "/srv/data", "/var/lib/service", "/usr/local/share/tool"
  };
  private static final String[] CONTEXTS = {
    " and container",
    " and shell_procs",
    " and proc.tty != 0",
    " and user.name != root",
    "",
    "",
    "",
    ""
  };

  private final Random random = new Random(7);
  private final List<String> rules = new ArrayList<>();

  private GeneratedRules() {}

  /** So many rules, as YAML to be loaded behind the file that defines the macros. */
  static String yaml(int count) {
    GeneratedRules generated = new GeneratedRules();
    for (int i = 0; i < count; i++) {
      generated.add(i);
    }
    return String.join("", generated.rules);
  }

  private void add(int number) {
    int kind = number % 20;
    String condition;
    if (kind < 8) {
      condition = file(number);
    } else if (kind < 15) {
      condition = program(number);
    } else if (kind < 17) {
      condition = connection(number);
    } else if (kind < 19) {
      condition = change(number);
    } else {
      condition = pattern(number);
    }
    rules.add(
        "- rule: Generated rule "
            + number
            + "\n  desc: Made for a benchmark.\n  condition: >\n    "
            + condition
            + CONTEXTS[random.nextInt(CONTEXTS.length)]
            + exceptions(number)
            + "\n  output: Found | file=%fd.name process=%proc.name command=%proc.cmdline number="
            + number
            + "\n  priority: WARNING\n  tags: [generated]\n");
  }

  private String directory(int number) {
    return DIRECTORIES[random.nextInt(DIRECTORIES.length)] + number;
  }

  private String file(int number) {
    String opened = random.nextBoolean() ? "open_write" : "open_read";
    String directory = directory(number);
    return opened
        + " and "
        + switch (random.nextInt(7)) {
          case 0 -> "fd.name startswith " + directory + "/";
          case 1 -> "fd.name in (" + directory + "/key, " + directory + "/token)";
          case 2 -> "fd.directory in (" + directory + ", " + directory + "/conf)";
          case 3 -> "fd.name endswith .secret" + number;
          case 4 -> "fd.name contains /hidden" + number + "/";
          case 5 -> "(fd.name startswith " + directory + "/ or proc.name = writer" + number + ")";
          default ->
              "(fd.name = "
                  + directory
                  + "/a or fd.name startswith "
                  + directory
                  + "/b/)"
                  + " and proc.aname in (service"
                  + number
                  + ", server"
                  + number
                  + ")";
        };
  }

  private String program(int number) {
    return "spawned_process and "
        + switch (random.nextInt(7)) {
          case 0 -> "proc.name in (tool" + number + ", helper" + number + ")";
          case 1 -> "proc.exepath startswith /tmp/build" + number + "/";
          case 2 -> "proc.cmdline contains \"--option-" + number + "\"";
          case 3 -> "proc.pname in (daemon" + number + ", worker-of-" + number + ")";
          case 4 -> "proc.aname in (root-of-" + number + ")";
          case 5 -> "(proc.name = miner" + number + " or proc.cmdline contains pool" + number + ")";
          default -> "proc.args contains \"-x" + number + "\" and proc.name = python" + number;
        };
  }

  private String connection(int number) {
    return "evt.type = connect and "
        + switch (random.nextInt(3)) {
          case 0 -> "fd.sport in (" + (20_000 + number) + ", " + (30_000 + number) + ")";
          case 1 -> "fd.sip = \"203.0." + number / 250 + "." + number % 250 + "\"";
          default -> "fd.snet in (\"198.18." + number % 250 + ".0/24\")";
        };
  }

  private String change(int number) {
    return "evt.type in (unlink, unlinkat, rename, renameat, renameat2, symlink, link) and "
        + (random.nextBoolean()
            ? "evt.arg.name startswith " + directory(number)
            : "fs.path.name startswith " + directory(number) + "/");
  }

  private String pattern(int number) {
    return random.nextBoolean()
        ? "open_write and fd.name glob \"/home/*/.config" + number + "/*\""
        : "spawned_process and proc.args regex \"-o out" + number + "[.](c|h)\"";
  }

  private String exceptions(int number) {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> " and not proc.name in (allowed" + number + ", trusted" + number + ")";
      case 2 -> " and not proc.pname = manager" + number;
      default ->
          " and not (proc.name = backup"
              + number
              + " and fd.name startswith /backup"
              + number
              + ")"
              + " and not proc.name in (systemd, sshd, cron)";
    };
  }
}
