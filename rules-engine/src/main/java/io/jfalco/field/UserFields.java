package io.jfalco.field;

import static io.jfalco.event.ParamType.INT64;
import static io.jfalco.event.ParamType.UINT32;
import static io.jfalco.field.FieldFlag.PROCESS_STATE;

import io.jfalco.event.Bytes;
import io.jfalco.event.PrintFormat;
import io.jfalco.state.EventContext;
import io.jfalco.state.ThreadInfo;
import io.jfalco.state.UserTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The user and group that the process runs as. */
final class UserFields {
  private static final FieldFamily USER =
      FieldFamily.syscall("user", "", "The user that runs the process.");
  private static final FieldFamily GROUP =
      FieldFamily.syscall("group", "", "The group that the process runs in.");
  private static final Bytes UNKNOWN = Bytes.of("<NA>");
  private static final Bytes ROOT = Bytes.of("root");
  private static final Bytes ROOT_HOME = Bytes.of("/root");

  private UserFields() {}

  static List<Field> rows() {
    List<Field> all = new ArrayList<>(users());
    FieldRows group = new FieldRows(GROUP, PROCESS_STATE);
    group
        .row(
            "group.gid",
            UINT32,
            PrintFormat.ID,
            "id of the group.",
            ProcessFields.number(ThreadInfo::gid))
        .text("group.name", "name of the group.", UserFields::groupName);
    all.addAll(group.rows());
    return all;
  }

  private static List<Field> users() {
    return new FieldRows(USER, PROCESS_STATE)
        .row(
            "user.uid",
            UINT32,
            PrintFormat.ID,
            "id of the user.",
            ProcessFields.number(ThreadInfo::uid))
        .text("user.name", "name of the user.", user(ThreadInfo::uid, UserTable.User::name, ROOT))
        .text(
            "user.homedir",
            "home directory of the user.",
            user(ThreadInfo::uid, UserTable.User::home, ROOT_HOME))
        .text(
            "user.shell",
            "login shell of the user.",
            user(ThreadInfo::uid, UserTable.User::shell, UNKNOWN))
        .row(
            "user.loginuid",
            INT64,
            PrintFormat.ID,
            "id of the user who logged in, -1 when nobody did.",
            ProcessFields.number(UserFields::loginUid))
        .text(
            "user.loginname",
            "name of the user who logged in.",
            user(UserFields::loginUid, UserTable.User::name, ROOT))
        .rows();
  }

  private static long loginUid(ThreadInfo thread) {
    long uid = thread.loginUid();
    return uid >= 0 && uid < UserTable.UNKNOWN ? uid : -1;
  }

  /** A text of a user; where the user is not known, that of user 0 if it is that one. */
  private static Extractor user(Lineage.Id id, Function<UserTable.User, Bytes> part, Bytes ofRoot) {
    return (context, out) -> {
      ThreadInfo thread = context.thread();
      if (thread == null) {
        return false;
      }
      long uid = id.of(thread);
      UserTable.User user = context.state().users().user(thread.container(), uid);
      if (user != null) {
        return Extractors.text(out, part.apply(user));
      }
      return Extractors.text(out, uid == 0 ? ofRoot : UNKNOWN);
    };
  }

  private static boolean groupName(EventContext context, Value out) {
    ThreadInfo thread = context.thread();
    if (thread == null) {
      return false;
    }
    Bytes name = context.state().users().group(thread.container(), thread.gid());
    if (name != null) {
      return Extractors.text(out, name);
    }
    return Extractors.text(out, thread.gid() == 0 ? ROOT : UNKNOWN);
  }
}
