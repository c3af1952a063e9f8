package io.jfalco.config;

import io.jfalco.alert.Priority;
import io.jfalco.output.FormatOptions;
import io.jfalco.render.BufferFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The configuration, typed and checked. Immutable.
 *
 * @param engine where events come from
 * @param rules which rules are loaded
 * @param syscalls what is captured besides what the rules need
 * @param threads how many threads are remembered, and how long
 * @param format how alerts look
 * @param buffers how fields show the data of reads and writes
 * @param outputs where alerts go
 * @param log where the daemon's own messages go
 * @param drops what happens when events are lost
 * @param capture the captures that matches start
 * @param watchFiles reload when a file of the configuration or of the rules changes
 * @param web health and metrics over HTTP
 * @param metrics numbers about the daemon and the host
 */
public record Config(
    Engine engine,
    Rules rules,
    Syscalls syscalls,
    Threads threads,
    FormatOptions format,
    BufferFormat buffers,
    Outputs outputs,
    Log log,
    Drops drops,
    Capture capture,
    boolean watchFiles,
    Web web,
    Metrics metrics) {

  /** Values of {@code engine.kind} that can be used. */
  public enum EngineKind {
    /** This host's system calls through eBPF. */
    MODERN_EBPF,
    /** This host's system calls through Falco's kernel module. */
    KMOD,
    /** A capture file. */
    REPLAY,
    /** No events at all. */
    NODRIVER;

    /** True for kinds that see this host's system calls. */
    public boolean isLive() {
      return this == MODERN_EBPF || this == KMOD;
    }
  }

  /**
   * {@code engine}.
   *
   * @param kind source of events
   * @param bufSizePreset size of a ring buffer: 1 is 1 MiB, each step doubles it
   * @param cpusForEachBuffer so many CPUs share a ring buffer; 0: one for all
   * @param dropFailedExit system calls that failed are left out
   * @param iterators BPF iterators read the processes that run at the start
   * @param captureFile capture to replay; empty for other kinds
   */
  public record Engine(
      EngineKind kind,
      int bufSizePreset,
      int cpusForEachBuffer,
      boolean dropFailedExit,
      boolean iterators,
      String captureFile) {}

  /**
   * Rules.
   *
   * @param files files and directories, in order, as written
   * @param selection switches applied after loading, in order
   * @param minimum rules less severe than this are not enabled
   * @param all true when every rule that matches an event fires, false when only the first does
   * @param appended additions to outputs
   * @param constants values of the fields {@code static.NAME}, by their names
   * @param strict files of rules or of the configuration that others may write stop the start
   */
  public record Rules(
      List<String> files,
      List<Selection> selection,
      Priority minimum,
      boolean all,
      List<AppendedOutput> appended,
      SortedMap<String, String> constants,
      boolean strict) {}

  /**
   * An entry of {@code append_output}.
   *
   * @param source only for rules of this source
   * @param rule only for the rule of this name
   * @param tags only for rules that have all of these
   * @param format what is appended after a blank; empty: nothing
   * @param formattedFields members of the JSON fields, with the outputs that are their texts
   * @param rawFields fields that become members with their values
   */
  public record AppendedOutput(
      Optional<String> source,
      Optional<String> rule,
      Set<String> tags,
      String format,
      SortedMap<String, String> formattedFields,
      SortedSet<String> rawFields) {}

  /**
   * A switch for rules.
   *
   * @param enable on or off
   * @param rule name of the rules, with {@code *} for any text
   * @param tag tag of the rules
   */
  public record Selection(boolean enable, Optional<String> rule, Optional<String> tag) {}

  /**
   * {@code base_syscalls} and the like.
   *
   * @param custom names that replace the state engine's set; {@code !name} takes one out
   * @param withIo the frequent reads and writes are not left out
   * @param repair capture for the state only what the rules need of it
   * @param snaplen bytes kept of the data of reads and writes
   * @param argsSize bytes kept of a program's arguments, and of its environment
   * @param dynamicSnaplen keeps more of some data
   * @param maxTimeouts so many timeouts in a row, of about 30 ms each, raise an internal alert
   */
  public record Syscalls(
      List<String> custom,
      boolean withIo,
      boolean repair,
      int snaplen,
      int argsSize,
      DynamicSnaplen dynamicSnaplen,
      int maxTimeouts) {}

  /**
   * {@code falco_libs.dynamic_snaplen}: more is kept of data of some ports and protocols.
   *
   * @param enabled whether it is done
   * @param firstPort first port of which most is kept
   * @param lastPort last such port; 0: there is none
   * @param statsdPort port of statsd
   */
  public record DynamicSnaplen(boolean enabled, int firstPort, int lastPort, int statsdPort) {}

  /**
   * {@code falco_libs.thread_table_*}; of no effect on captures.
   *
   * @param limit most threads that are kept
   * @param purgeSeconds how often threads are looked for whose end was missed
   * @param idleSeconds how long they must have done nothing
   */
  public record Threads(int limit, int purgeSeconds, int idleSeconds) {}

  /**
   * Outputs.
   *
   * @param enabled those that are switched on, in the order in which they get a message
   * @param buffered no flush after each alert
   * @param queueCapacity messages that may wait for an output
   * @param timeout after which an output counts as blocked
   */
  public record Outputs(
      List<EnabledOutput> enabled, boolean buffered, int queueCapacity, Duration timeout) {}

  /**
   * An output that is switched on.
   *
   * @param kind name of its kind
   * @param values all keys of the kind
   */
  public record EnabledOutput(String kind, Map<String, String> values) {}

  /**
   * The daemon's own messages.
   *
   * @param stderr to standard error
   * @param syslog to the system's log
   * @param level least severe level that is shown
   * @param libraries least severe level shown of what the parts below the daemon say; empty: none
   */
  public record Log(boolean stderr, boolean syslog, Priority level, Optional<Priority> libraries) {}

  /** What to do about lost events. */
  public enum DropAction {
    /** Nothing. */
    IGNORE,
    /** A message at level debug. */
    LOG,
    /** An internal alert. */
    ALERT,
    /** The daemon ends. */
    EXIT
  }

  /**
   * {@code syscall_event_drops}.
   *
   * @param threshold part of the events, above which actions are taken
   * @param actions what is done
   * @param rate actions for each second, on average
   * @param maxBurst actions that may follow each other at once
   * @param simulate pretend that events are lost
   */
  public record Drops(
      double threshold, Set<DropAction> actions, double rate, double maxBurst, boolean simulate) {}

  /**
   * {@code capture}.
   *
   * @param enabled whether matches start captures
   * @param pathPrefix how the names of the files begin
   * @param allRules matches of all rules do, not only of those that say so
   * @param defaultDuration how long a capture goes on behind a match whose rule does not say it
   * @param maxFileSizeMb MiB after which a capture ends; 0: never
   */
  public record Capture(
      boolean enabled,
      String pathPrefix,
      boolean allRules,
      Duration defaultDuration,
      long maxFileSizeMb) {}

  /**
   * {@code webserver}.
   *
   * @param enabled whether it is started, where events are those of this host
   * @param address literal IPv4 or IPv6 address to listen on
   * @param port to listen on; 0: any
   * @param threads requests that are answered at the same time
   * @param healthPath path of the health check
   * @param prometheus whether metrics can be fetched
   * @param certificate PEM file with certificate and key; empty: no TLS
   */
  public record Web(
      boolean enabled,
      String address,
      int port,
      int threads,
      String healthPath,
      boolean prometheus,
      Optional<String> certificate) {}

  /** Metrics that can be switched on and off together. */
  public enum MetricFamily {
    /** Matches of rules. */
    RULES,
    /** CPU, memory, and the host's. */
    RESOURCES,
    /** What is known of processes and descriptors. */
    STATE,
    /** Events and losses in the kernel. */
    KERNEL,
    /** The same for each CPU. */
    KERNEL_BY_CPU,
    /** What the iterators read. */
    ITERATORS,
    /** Runs of eBPF programs. */
    PROGRAMS,
    /** What Falco's plugins tell. */
    PLUGINS
  }

  /**
   * {@code metrics}.
   *
   * @param enabled whether there are any
   * @param interval how often, as written
   * @param rule as an internal alert
   * @param file appended to this file; empty: to none
   * @param families those that are switched on
   * @param megabytes memory in MB instead of KiB and bytes
   * @param empty also values that are 0
   */
  public record Metrics(
      boolean enabled,
      String interval,
      boolean rule,
      String file,
      Set<MetricFamily> families,
      boolean megabytes,
      boolean empty) {}

  /** The same with unbuffered outputs. */
  public Config unbuffered() {
    Outputs o = outputs;
    return new Config(
        engine,
        rules,
        syscalls,
        threads,
        format,
        buffers,
        new Outputs(o.enabled(), false, o.queueCapacity(), o.timeout()),
        log,
        drops,
        capture,
        watchFiles,
        web,
        metrics);
  }

  /** The same with other rules files. */
  public Config withRulesFiles(List<String> files) {
    return new Config(
        engine,
        new Rules(
            List.copyOf(files),
            rules.selection(),
            rules.minimum(),
            rules.all(),
            rules.appended(),
            rules.constants(),
            rules.strict()),
        syscalls,
        threads,
        format,
        buffers,
        outputs,
        log,
        drops,
        capture,
        watchFiles,
        web,
        metrics);
  }

  /** The same with those parts of another that stay for the life of the daemon. */
  public Config withFixedOf(Config running) {
    return new Config(
        running.engine,
        rules,
        new Syscalls(
            syscalls.custom(),
            syscalls.withIo(),
            syscalls.repair(),
            running.syscalls.snaplen(),
            running.syscalls.argsSize(),
            running.syscalls.dynamicSnaplen(),
            syscalls.maxTimeouts()),
        running.threads,
        format,
        buffers,
        outputs,
        log,
        drops,
        capture,
        running.watchFiles,
        web,
        metrics);
  }
}
