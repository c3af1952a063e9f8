package io.jfalco.field;

import io.jfalco.state.EventContext;
import io.jfalco.state.FdInfo;

/**
 * Which end of a connection is on this machine. The addresses of containers are not known: there
 * the process's own role tells, since its end is the local one.
 */
final class LocalAddresses {
  private LocalAddresses() {}

  static boolean isClientLocal(EventContext context, FdInfo fd) {
    return context.thread().container().isHost()
        ? context.state().interfaces().isClientLocal(context.thread(), fd)
        : fd.isRoleClient();
  }

  static boolean isServerLocal(EventContext context, FdInfo fd) {
    return context.thread().container().isHost()
        ? context.state().interfaces().isServerLocal(context.thread(), fd)
        : fd.isRoleServer();
  }
}
