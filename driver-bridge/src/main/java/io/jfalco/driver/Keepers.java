package io.jfalco.driver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The programs that keep what the kernel used of arguments. They are loaded and attached when
 * somebody asks for that. Those at security hooks ({@code hook_}) need BPF trampolines, which many
 * kernels refuse; without them the others tell a little less.
 */
final class Keepers {
  private static final String NAMES = "keep_names";
  private static final String KEEPER = "keep_";

  /** Of IPv6 there is none where that is a module that is not loaded; the others need Linux 6.3. */
  private static final Set<String> MAY_BE_MISSING =
      Set.of("keep_route6", "keep_sent", "keep_receiver");

  private static final String HOOK = "hook_";
  private static final String MOUNT = HOOK + "sb_mount";

  /** Bits of {@code enum jf_kept}. */
  private static final int KEPT_NAMES = 1;

  private static final int KEPT_MOUNT = 2;

  private final List<String> loaded;
  private final List<String> attached = new ArrayList<>();
  private final Map<String, BpfError> refusedHooks = new LinkedHashMap<>();

  /** Those among these loaded programs, none of them attached; refused ones are remembered. */
  Keepers(List<String> programs, Map<String, ProgramLoader.Refusal> refused) {
    loaded = programs.stream().filter(Keepers::isKeeper).toList();
    refused.forEach(
        (name, refusal) -> {
          if (isHook(name)) {
            refusedHooks.put(name, refusal.error());
          }
        });
  }

  /** True for programs that are of use only for this. */
  static boolean isKeeper(String program) {
    return program.startsWith(KEEPER) || isHook(program);
  }

  /** True for programs at security hooks, which many kernels refuse all. */
  static boolean isHook(String program) {
    return program.startsWith(HOOK);
  }

  /** True for programs that not every kernel takes: no reason for a warning. */
  static boolean mayBeRefused(String program) {
    return isHook(program) || MAY_BE_MISSING.contains(program);
  }

  /** Attaches all; those that could not be and should. */
  Map<String, BpfError> attach(NativeBpf bpf) {
    Map<String, BpfError> failed = new LinkedHashMap<>();
    for (String program : loaded) {
      try {
        bpf.attach(program);
        attached.add(program);
      } catch (BpfError error) {
        if (isHook(program)) {
          refusedHooks.put(program, error);
        } else if (!mayBeRefused(program)) {
          failed.put(program, error);
        }
      }
    }
    return failed;
  }

  /** What the eBPF programs of system calls can rely on: {@code enum jf_kept}. */
  int kept() {
    if (!attached.contains(NAMES)) {
      return 0;
    }
    return attached.contains(MOUNT) ? KEPT_NAMES | KEPT_MOUNT : KEPT_NAMES;
  }

  /** Which way is in use, in a sentence. */
  String way() {
    if (kept() == 0) {
      return "What the kernel used cannot be told: " + NAMES + " is not attached.";
    }
    List<String> hooks = attached.stream().filter(Keepers::isHook).toList();
    String text =
        "What the kernel used is taken from its copies of paths and from its files and sockets";
    if (!hooks.isEmpty()) {
      text += ", and from " + hooks.size() + " security hooks";
    }
    return text + missing(hooks).map(why -> "; " + why).orElse("") + ".";
  }

  private Optional<String> missing(List<String> hooks) {
    if (refusedHooks.isEmpty()) {
      return Optional.empty();
    }
    BpfError first = refusedHooks.values().iterator().next();
    String which =
        hooks.isEmpty()
            ? "its security hooks"
            : "of these " + String.join(", ", refusedHooks.keySet());
    return Optional.of(which + " are refused by this kernel (" + first.getMessage() + ")");
  }
}
