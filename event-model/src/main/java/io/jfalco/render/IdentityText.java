package io.jfalco.render;

import io.jfalco.event.Bytes;
import io.jfalco.state.EventContext;
import io.jfalco.state.ThreadInfo;
import io.jfalco.state.UserTable;

/** Processes, users and groups as text: the number, and the name that the state knows. */
final class IdentityText {
  private IdentityText() {}

  static void process(EventContext context, long tid, Bytes value, Bytes meaning) {
    value.appendDecimal(tid);
    ThreadInfo thread = context.state().thread(tid);
    if (thread != null) {
      meaning.append(thread.comm());
    }
  }

  static void user(EventContext context, int uid, Bytes value, Bytes meaning) {
    if (uid == -1) {
      value.appendAscii("-1");
      meaning.appendAscii("<NONE>");
      return;
    }
    value.appendDecimal(uid);
    ThreadInfo thread = context.thread();
    UserTable.User user =
        thread == null ? null : context.state().users().user(thread.container(), uid & 0xffffffffL);
    name(user == null ? null : user.name(), meaning);
  }

  static void group(EventContext context, int gid, Bytes value, Bytes meaning) {
    if (gid == -1) {
      value.appendAscii("-1");
      meaning.appendAscii("<NONE>");
      return;
    }
    value.appendDecimal(gid);
    ThreadInfo thread = context.thread();
    name(
        thread == null
            ? null
            : context.state().users().group(thread.container(), gid & 0xffffffffL),
        meaning);
  }

  private static void name(Bytes name, Bytes meaning) {
    if (name == null || name.isEmpty()) {
      meaning.appendAscii("<NA>");
    } else {
      Sanitizer.append(name, meaning);
    }
  }
}
