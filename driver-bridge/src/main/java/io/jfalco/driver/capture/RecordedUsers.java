package io.jfalco.driver.capture;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.state.HostState;
import io.jfalco.state.StateBuilder;
import io.jfalco.state.UserTable;

/**
 * Users of containers, as our captures begin with them: added and removed by events that are marked
 * in the file as for the state only. Falco does not mark them, and looks into the container itself.
 */
final class RecordedUsers {
  private final StateBuilder builder;

  RecordedUsers(HostState state) {
    this.builder = new StateBuilder(state);
  }

  /** Takes a marked event. */
  void take(EventView event) {
    if (event.type() == EventType.USER_ADDED_E) {
      long uid = event.u32(0, UserTable.UNKNOWN);
      long gid = event.u32(1, UserTable.UNKNOWN);
      builder.addUser(
          text(event, 5).toString(),
          new UserTable.User(uid, gid, text(event, 2), text(event, 3), text(event, 4)));
    } else if (event.type() == EventType.GROUP_ADDED_E) {
      builder.addGroup(text(event, 2).toString(), event.u32(0, UserTable.UNKNOWN), text(event, 1));
    }
  }

  private static Bytes text(EventView event, int param) {
    Bytes text = new Bytes();
    event.text(param, text);
    return text;
  }
}
