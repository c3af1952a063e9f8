package io.jfalco.cli;

import java.util.List;
import java.util.Optional;

/**
 * An option of earlier versions of Falco.
 *
 * @param names its spellings
 * @param last the last version that had it
 * @param instead what takes its place
 */
record RemovedOption(List<String> names, String last, String instead) {
  private static final String NOTHING = "nothing takes its place";

  /** All of them. */
  static final List<RemovedOption> ALL =
      List.of(
          row("0.40", "use -o base_syscalls.all=true", "-A"),
          row("0.30", NOTHING, "--alternate-lua-dir"),
          row("0.40", "use -o buffer_format_base64=true", "-b", "--print-base64"),
          row("0.39", "see init_config of the plugin container", "--cri"),
          row("0.39", "see init_config of the plugin container", "--disable-cri-async"),
          row("0.35", "let the service manager do it: systemctl start falco", "-d", "--daemon"),
          row("0.38", "use -o 'rules[].disable.rule=*SUBSTRING*'", "-D"),
          row("0.37", "use -o engine.kind=replay -o engine.replay.capture_file=FILE", "-e"),
          row("0.43", "support of gVisor was removed", "-g", "--gvisor-config"),
          row("0.43", "support of gVisor was removed", "--gvisor-generate-config"),
          row("0.43", "support of gVisor was removed", "--gvisor-root"),
          row("0.36", "use the plugin k8smeta", "-k", "--k8s-api"),
          row("0.36", "use the plugin k8smeta", "-K", "--k8s-api-cert"),
          row("0.36", "use the plugin k8smeta", "--k8s-node"),
          row("0.35", "use --list-events", "--list-syscall-events"),
          row("0.34", "support of Mesos was removed", "-m", "--mesos-api"),
          row("0.37", "use -o engine.kind=modern_ebpf", "--modern-bpf"),
          row("0.37", "use -o engine.kind=nodriver", "--nodriver"),
          row("0.35", "use -o metrics.enabled=true -o metrics.output_file=FILE", "-s"),
          row("0.35", "use -o metrics.enabled=true -o metrics.interval=5s", "--stats-interval"),
          row("0.40", "use -o falco_libs.snaplen=LENGTH", "-S", "--snaplen"),
          row("0.38", "use -o 'rules[].disable.rule=*' -o rules[].enable.tag=TAG", "-t"),
          row("0.38", "use -o rules[].disable.tag=TAG", "-T"),
          row("0.36", "system calls are not traced by ptrace any more", "-u", "--userspace"));

  private static RemovedOption row(String last, String instead, String... names) {
    return new RemovedOption(List.of(names), last, instead);
  }

  /** The option that an argument begins with. */
  static Optional<RemovedOption> find(String argument) {
    boolean isLong = argument.startsWith("--");
    String name =
        isLong ? argument.split("=", 2)[0] : argument.substring(0, Math.min(2, argument.length()));
    return ALL.stream().filter(option -> option.names().contains(name)).findFirst();
  }

  /** What is told to somebody who uses it. */
  String message() {
    return "it was removed after Falco " + last + ": " + instead;
  }
}
