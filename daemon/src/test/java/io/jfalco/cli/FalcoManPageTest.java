package io.jfalco.cli;

import io.jfalco.man.ManPages;
import io.jfalco.man.Roff;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** falco(8) is made of the options that there are. */
class FalcoManPageTest {
  @Test
  void pageIsWhatTheOptionsGenerate() throws Exception {
    ManPages.check("falco.8", page(Options.parser()));
  }

  private static String page(CommandLine parser) {
    CommandLine events = parser.getSubcommands().get("events");
    Roff roff =
        new Roff("falco", 8, "runtime security for this host, with Falco's rules")
            .section("Synopsis")
            .paragraph("`falco` [OPTION...]")
            .paragraph("`falco events` [OPTION...] [FILTER...]")
            .section("Description")
            .paragraph(
                "`falco` watches the system calls of this host, or of a capture file, and alerts"
                    + " when one matches a rule. It takes the place of Falco 0.44: options,"
                    + " configuration, rules and alerts are Falco's.")
            .section("Options");
    options(roff, parser);
    roff.section("Showing events")
        .paragraph(
            "`falco events` shows events instead of testing rules; FILTER is a condition as in"
                + " rules.");
    options(roff, events);
    roff.section("Options of earlier versions").paragraph("They are refused.");
    for (RemovedOption option : RemovedOption.ALL) {
      roff.entry(
          "`" + String.join("`, `", option.names()) + "`",
          "Up to Falco " + option.last() + ": " + option.instead() + ".");
    }
    life(roff);
    return roff.section("See also").paragraph("`falco.yaml`(5), `falco_rules`(5)").page();
  }

  private static void options(Roff roff, CommandLine command) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.hidden()) {
        String names = "`" + String.join("`, `", option.names()) + "`";
        roff.entry(
            names + argument(option), String.join(" ", option.description()).replace("%%", "%"));
      }
    }
  }

  private static String argument(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    String label = option.paramLabel().replaceAll("[<>]", "");
    return option.arity().min() == 0 ? "[=" + label + "]" : " " + label;
  }

  private static void life(Roff roff) {
    roff.section("Signals")
        .entry(
            "`SIGHUP`",
            "Reads configuration and rules again; what cannot be used is told, and"
                + " the old ones go on.")
        .entry("`SIGUSR1`", "Opens the outputs again, as after log rotation.")
        .entry("`SIGURG`", "Writes the file of `--state`.")
        .entry(
            "`SIGINT`, `SIGTERM`",
            "Ends, after the outputs have written what waits. A second" + " `SIGINT` ends at once.")
        .section("Exit status")
        .entry("`0`", "Ended as it was told to.")
        .entry(
            "`1`",
            "A mistake in options, configuration or rules, or a failure; standard error"
                + " names it.")
        .entry("`130`", "Ended by a second `SIGINT`.")
        .entry("`255`", "The process id could not be written.")
        .section("Environment")
        .entry("`FALCO_HOSTNAME`", "Name of the host in alerts, instead of the system's.")
        .entry("`HOST_ROOT`", "Where the file tree of the host is, for a daemon in a container.")
        .entry("`JAVA_HOME`", "The Java that runs the daemon, 17 or newer.")
        .entry("`JFALCO_JAVA_OPTS`", "Further options for it.")
        .entry("`NO_COLOR`", "No colours in `falco events`.")
        .section("Files")
        .entry("`/etc/falco/falco.yaml`", "The configuration.")
        .entry("`/etc/falco/config.d`", "Files that are merged into it.")
        .entry("`/etc/falco/falco_rules.yaml`", "The rules that come with the program.")
        .entry("`/etc/falco/falco_rules.local.yaml`, `/etc/falco/rules.d`", "Rules of this host.")
        .section("Examples")
        .example(
            """
            falco -V /etc/falco/falco_rules.local.yaml
            falco -o json_output=true -o "append_output[]={extra_output: at %evt.hostname}"
            falco events -w all.scap -M 60
            falco -o engine.kind=replay -o engine.replay.capture_file=all.scap
            """);
  }
}
