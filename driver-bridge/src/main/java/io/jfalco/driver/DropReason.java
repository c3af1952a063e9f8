package io.jfalco.driver;

/**
 * Why the kernel side could not hand over an event. The buffer reasons tell which kind of event
 * found no room in its ring; kinds that have no reason of their own only count in {@link
 * SourceStats#dropsBuffer}.
 */
public enum DropReason {
  /** clone, clone3, fork, vfork. */
  BUFFER_CLONE_FORK_EXIT("n_drops_buffer_clone_fork_exit"),
  /** execve, execveat. */
  BUFFER_EXECVE_EXIT("n_drops_buffer_execve_exit"),
  /** connect, taken before the call ran. */
  BUFFER_CONNECT_ENTER("n_drops_buffer_connect_enter"),
  /** connect. */
  BUFFER_CONNECT_EXIT("n_drops_buffer_connect_exit"),
  /** The open family, taken before the call ran. */
  BUFFER_OPEN_ENTER("n_drops_buffer_open_enter"),
  /** The open family. */
  BUFFER_OPEN_EXIT("n_drops_buffer_open_exit"),
  /** Calls that change directories and names: mkdir, rename, link, unlink, chmod and the like. */
  BUFFER_DIR_FILE_EXIT("n_drops_buffer_dir_file_exit"),
  /** Other calls that security rules look at: dup, setns, setuid, bind, ptrace and the like. */
  BUFFER_OTHER_INTEREST_EXIT("n_drops_buffer_other_interest_exit"),
  /** close. */
  BUFFER_CLOSE_EXIT("n_drops_buffer_close_exit"),
  /** The end of a process. */
  BUFFER_PROC_EXIT("n_drops_buffer_proc_exit"),
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

  DropReason(String metric) {
    this.metric = metric;
  }

  /** Falco's name for the counter. */
  public String metric() {
    return metric;
  }
}
