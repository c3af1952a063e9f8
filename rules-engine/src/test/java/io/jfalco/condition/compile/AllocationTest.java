package io.jfalco.condition.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.jfalco.condition.ConditionException;
import io.jfalco.condition.parse.ConditionParser;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.TestHost;
import io.jfalco.state.EventContext;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Testing conditions that do not match costs no memory once everything has grown. */
class AllocationTest {
  private static final List<String> CONDITIONS =
      List.of(
          "evt.type in (open, openat, openat2) and evt.is_open_read = true and fd.typechar = f and"
              + " fd.num >= 0 and fd.name in (/etc/shadow, /etc/sudoers) and not proc.name in"
              + " (sshd, sudo) and proc.cmdline contains nothing",
          "proc.aname in (nginx, apache2) or proc.aname[2] = nginx or proc.pname = nginx",
          "proc.acmdline contains nothing or proc.aexepath endswith /nothing",
          "fd.name startswith /nothing or fd.name glob /no*thing or fd.name pmatch (/no, /a*/b)",
          "fd.directory = /nothing or fd.filename endswith .nothing",
          "fd.sip in (1.2.3.4, 5.6.7.8) or fd.snet in (\"1.0.0.0/8\") or fd.sport in (1, 2)",
          "fd.net = \"1.0.0.0/8\" or fd.ip = 1.2.3.4 or fd.port = 1 or fd.rip = 1.2.3.4",
          "fd.l4proto = nothing or fd.connected = true and fd.types intersects (memfd)",
          "container.id = nothing or k8s.ns.name = a or container.mount.dest[/proc] exists",
          "user.name = nothing or user.loginuid = 7 or group.name = nothing or user.uid = 7",
          "proc.env contains nothing or proc.env[NO] != \"\" or proc.args contains nothing",
          "thread.cap_effective contains nothing or proc.tty = 7 or proc.duration < 5",
          "evt.args contains nothing or evt.arg.flags contains nothing or evt.arg[0] = nothing",
          "evt.res = nothing or evt.rawres = 77 or evt.failed = true and evt.category = nothing",
          "proc.name regex \"no.*thing\" or toupper(proc.name) = NOTHING or len(proc.name) = 77",
          "proc.name = val(proc.pname) or proc.pid = val(proc.ppid)",
          "proc.sname = nothing or proc.vpgid.name = nothing or proc.exe_ino = 5",
          "evt.buffer contains nothing or evt.rawarg.res = 77 or fs.path.name = nothing",
          "evt.time = nothing or evt.hostname = nothing-at-all or evt.num = 0",
          "join(\",\", (proc.name, proc.pname)) = nothing or concat(proc.name, fd.name) = nothing");

  private static final List<String> EVENTS =
      List.of("read", "inet", "six", "listen", "unlink", "container", "failed", "generic");

  private final List<Condition> conditions = new ArrayList<>();

  @Test
  void allocatesNothing() throws ConditionException {
    for (String text : CONDITIONS) {
      conditions.add(
          new ConditionCompiler(FieldCatalog.standard()).compile(ConditionParser.parse(text)));
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (String event : EVENTS) {
      EventContext context = TestEvents.apply(event, new TestHost());
      assertThat(matches(context, 3000)).as(event).isZero();
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 5; i++) {
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        int matches = matches(context, 200);
        long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertThat(matches).isZero();
        least = Math.min(least, after - before);
      }
      assertThat(least).as("bytes for 200 rounds on event %s", event).isZero();
    }
  }

  private int matches(EventContext context, int rounds) {
    int matches = 0;
    for (int i = 0; i < rounds; i++) {
      context.nextEvaluation();
      for (int j = 0; j < conditions.size(); j++) {
        if (conditions.get(j).test(context)) {
          matches++;
        }
      }
    }
    return matches;
  }
}
