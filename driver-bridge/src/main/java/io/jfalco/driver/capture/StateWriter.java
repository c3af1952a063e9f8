package io.jfalco.driver.capture;

import io.jfalco.driver.container.ContainerJson;
import io.jfalco.event.Bytes;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.state.ContainerInfo;
import io.jfalco.state.ContainerInfo.Text;
import io.jfalco.state.HostState;
import io.jfalco.state.UserTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Writes what a capture begins with: machine, interfaces, users, processes, descriptors. */
final class StateWriter {
  private static final int MAGIC = 0x1A2B3C4D;
  private static final int MAJOR = 1;
  private static final int MINOR = 2;
  private static final int HOSTNAME = 128;
  private static final int IPV4 = 1;
  private static final int IPV6 = 2;
  private static final int USER = 0;
  private static final int GROUP = 1;
  private static final int MOST_NAME = 255;

  /** A list goes on in another block after so many bytes. */
  private static final int LONG_ENOUGH = 1 << 16;

  private final BlockBuffer block = new BlockBuffer();
  private final Consumer<ByteBuffer> out;
  private final long timestamp;
  private final ThreadWriter threads = new ThreadWriter(block);
  private final FdWriter descriptors = new FdWriter(block);

  StateWriter(Consumer<ByteBuffer> out, long timestamp) {
    this.out = out;
    this.timestamp = timestamp;
  }

  void write(HostState state, MachineInfo machine) {
    section();
    machine(machine);
    interfaces(state);
    users(state);
    processes(state);
    descriptors(state);
    events(state);
    containers(state);
  }

  private void section() {
    block.begin(BlockType.SECTION_HEADER).u32(MAGIC).u16(MAJOR).u16(MINOR).s64(-1);
    out.accept(block.end());
  }

  private void machine(MachineInfo machine) {
    byte[] name = Arrays.copyOf(machine.hostname().getBytes(StandardCharsets.UTF_8), HOSTNAME);
    name[HOSTNAME - 1] = 0;
    block.begin(BlockType.MACHINE_INFO).u32(machine.cpus()).s64(machine.memory());
    block.s64(machine.maxPid()).raw(name, 0, HOSTNAME).s64(machine.bootTime());
    block.s64(0).s64(0).s64(0);
    out.accept(block.end());
  }

  private void interfaces(HostState state) {
    block.begin(BlockType.INTERFACE_LIST);
    state
        .interfaces()
        .forEach4(
            (address, mask) -> {
              byte[] broadcast = new byte[4];
              for (int i = 0; i < 4; i++) {
                broadcast[i] = (byte) (address[i] | ~mask[i]);
              }
              address(IPV4, address, mask, broadcast);
            });
    state.interfaces().forEach6(address -> address(IPV6, address, new byte[16], new byte[16]));
    out.accept(block.end());
  }

  /** The names of interfaces are not kept, and no field shows them. */
  private void address(int type, byte[] address, byte[] mask, byte[] broadcast) {
    int size = address.length;
    block.beginEntry().u16(type).u16(0);
    block.raw(address, 0, size).raw(mask, 0, size).raw(broadcast, 0, size).s64(0);
    block.endEntry(false);
  }

  private void users(HostState state) {
    block.begin(BlockType.USER_LIST);
    state
        .users()
        .forEach(
            new UserTable.Visitor() {
              @Override
              public void user(String containerId, UserTable.User user) {
                if (containerId.isEmpty()) {
                  block.beginEntry().u8(USER).u32(user.uid()).u32(user.gid());
                  block.text(user.name(), MOST_NAME);
                  block.text(user.home(), ThreadWriter.MOST_PATH);
                  block.text(user.shell(), ThreadWriter.MOST_PATH);
                  block.endEntry(true);
                }
              }

              @Override
              public void group(String containerId, long gid, Bytes name) {
                if (containerId.isEmpty()) {
                  block.beginEntry().u8(GROUP).u32(gid).text(name, MOST_NAME);
                  block.endEntry(true);
                }
              }
            });
    out.accept(block.end());
  }

  private void processes(HostState state) {
    block.begin(BlockType.PROCESS_LIST);
    state.forEachThread(
        thread -> {
          if (block.size() > LONG_ENOUGH) {
            out.accept(block.end());
            block.begin(BlockType.PROCESS_LIST);
          }
          threads.write(thread);
        });
    out.accept(block.end());
  }

  private void descriptors(HostState state) {
    state.forEachThread(
        thread -> {
          if (thread.isMain() && thread.fds().size() > 0) {
            block.begin(BlockType.DESCRIPTOR_LIST).s64(thread.tid());
            thread
                .fds()
                .forEach(
                    fd -> {
                      if (block.size() > LONG_ENOUGH) {
                        out.accept(block.end());
                        block.begin(BlockType.DESCRIPTOR_LIST).s64(thread.tid());
                      }
                      descriptors.write(fd);
                    });
            out.accept(block.end());
          }
        });
  }

  /** What the lists cannot hold is told by events that only readers' state sees. */
  private void events(HostState state) {
    state
        .users()
        .forEach(
            new UserTable.Visitor() {
              @Override
              public void user(String containerId, UserTable.User user) {
                if (!containerId.isEmpty()) {
                  event(
                      EventBuilder.of(EventType.USER_ADDED_E)
                          .number(user.uid())
                          .number(user.gid())
                          .text(user.name().toString())
                          .text(user.home().toString())
                          .text(user.shell().toString())
                          .text(containerId));
                }
              }

              @Override
              public void group(String containerId, long gid, Bytes name) {
                if (!containerId.isEmpty()) {
                  event(
                      EventBuilder.of(EventType.GROUP_ADDED_E)
                          .number(gid)
                          .text(name.toString())
                          .text(containerId));
                }
              }
            });
    state.forEachThread(
        thread -> {
          if (thread.isMain()) {
            thread
                .fds()
                .forEach(fd -> FdWriter.asEvent(fd).ifPresent(e -> event(e.tid(thread.tid()))));
          }
        });
  }

  /** What a runtime told of containers; of the others their cgroups tell as much as is known. */
  private void containers(HostState state) {
    state
        .containers()
        .forEach(
            info -> {
              if (info.isComplete() && (has(info, Text.NAME) || has(info, Text.IMAGE))) {
                event(
                    EventBuilder.of(EventType.ASYNCEVENT_E)
                        .number(0)
                        .text("container")
                        .text(ContainerJson.write(info)),
                    /* large= */ true);
              }
            });
  }

  private static boolean has(ContainerInfo info, Text text) {
    Bytes value = info.text(text);
    return value != null && !value.isEmpty();
  }

  private void event(EventBuilder event) {
    event(event, /* large= */ false);
  }

  private void event(EventBuilder event, boolean large) {
    ByteBuffer record = event.timestamp(timestamp).build();
    byte[] bytes = new byte[record.remaining()];
    record.get(bytes);
    block.begin(BlockType.eventType(true, large)).u16(0).u32(1).raw(bytes, 0, bytes.length);
    out.accept(block.end());
  }
}
