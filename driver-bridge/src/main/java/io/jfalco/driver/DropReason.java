package io.jfalco.driver;

import io.jfalco.event.EventType;
import java.util.Set;

/**
 * Why the kernel side could not hand over an event. The buffer reasons tell which kind of event
 * found no room in its ring; kinds that have no reason of their own only count in {@link
 * SourceStats#dropsBuffer}.
 */
public enum DropReason {
  /** clone, clone3, fork, vfork. */
  BUFFER_CLONE_FORK_EXIT(
      "n_drops_buffer_clone_fork_exit",
      EventType.SYSCALL_CLONE_20_X,
      EventType.SYSCALL_CLONE3_X,
      EventType.SYSCALL_FORK_20_X,
      EventType.SYSCALL_VFORK_20_X),
  /** execve, execveat. */
  BUFFER_EXECVE_EXIT(
      "n_drops_buffer_execve_exit", EventType.SYSCALL_EXECVE_19_X, EventType.SYSCALL_EXECVEAT_X),
  /** connect, taken before the call ran. */
  BUFFER_CONNECT_ENTER("n_drops_buffer_connect_enter"),
  /** connect. */
  BUFFER_CONNECT_EXIT("n_drops_buffer_connect_exit", EventType.SOCKET_CONNECT_X),
  /** The open family, taken before the call ran. */
  BUFFER_OPEN_ENTER("n_drops_buffer_open_enter"),
  /** The open family. */
  BUFFER_OPEN_EXIT(
      "n_drops_buffer_open_exit",
      EventType.SYSCALL_OPEN_X,
      EventType.SYSCALL_CREAT_X,
      EventType.SYSCALL_OPENAT_2_X,
      EventType.SYSCALL_OPENAT2_X,
      EventType.SYSCALL_OPEN_BY_HANDLE_AT_X),
  /** Calls that change directories and names: mkdir, rename, link, unlink, chmod and the like. */
  BUFFER_DIR_FILE_EXIT(
      "n_drops_buffer_dir_file_exit",
      EventType.SYSCALL_CHMOD_X,
      EventType.SYSCALL_FCHMOD_X,
      EventType.SYSCALL_FCHMODAT_X,
      EventType.SYSCALL_CHOWN_X,
      EventType.SYSCALL_LCHOWN_X,
      EventType.SYSCALL_FCHOWN_X,
      EventType.SYSCALL_FCHOWNAT_X,
      EventType.SYSCALL_LINK_2_X,
      EventType.SYSCALL_LINKAT_2_X,
      EventType.SYSCALL_MKDIR_2_X,
      EventType.SYSCALL_MKDIRAT_X,
      EventType.SYSCALL_MOUNT_X,
      EventType.SYSCALL_UMOUNT2_X,
      EventType.SYSCALL_RENAME_X,
      EventType.SYSCALL_RENAMEAT_X,
      EventType.SYSCALL_RENAMEAT2_X,
      EventType.SYSCALL_RMDIR_2_X,
      EventType.SYSCALL_SYMLINK_X,
      EventType.SYSCALL_SYMLINKAT_X,
      EventType.SYSCALL_UNLINK_2_X,
      EventType.SYSCALL_UNLINKAT_2_X),
  /** Other calls that security rules look at: dup, setns, setuid, bind, ptrace and the like. */
  BUFFER_OTHER_INTEREST_EXIT(
      "n_drops_buffer_other_interest_exit",
      EventType.SYSCALL_BPF_2_X,
      EventType.SYSCALL_SETPGID_X,
      EventType.SYSCALL_PTRACE_X,
      EventType.SYSCALL_SECCOMP_X,
      EventType.SYSCALL_SETNS_X,
      EventType.SYSCALL_SETRESGID_X,
      EventType.SYSCALL_SETRESUID_X,
      EventType.SYSCALL_SETSID_X,
      EventType.SYSCALL_UNSHARE_X,
      EventType.SYSCALL_CAPSET_X,
      EventType.SYSCALL_KEYCTL_X),
  /** close. */
  BUFFER_CLOSE_EXIT("n_drops_buffer_close_exit", EventType.SYSCALL_CLOSE_X),
  /** The end of a process. */
  BUFFER_PROC_EXIT("n_drops_buffer_proc_exit", EventType.PROCEXIT_1_E),
  /** The scratch space for records of variable size was not usable. */
  SCRATCH_MAP("n_drops_scratch_map"),
  /** The record would have been longer than 64 KiB. */
  MAX_EVENT_SIZE("n_drops_max_event_size"),
  /** User memory was not readable; only the kernel module drops for this reason. */
  PAGE_FAULTS("n_drops_page_faults"),
  /** It came in the middle of another one; kernel module only, and no drop for Falco's sums. */
  PREEMPTIONS("n_preemptions"),
  /** The kernel side contradicted itself. */
  BUG("n_drops_bug");

  private final String metric;
  private final Set<EventType> events;

  DropReason(String metric, EventType... events) {
    this.metric = metric;
    this.events = Set.of(events);
  }

  /** Types of the events that it counts, where these are the reason; as in {@code base.h}. */
  public Set<EventType> events() {
    return events;
  }

  /** Falco's name for the counter. */
  public String metric() {
    return metric;
  }
}
