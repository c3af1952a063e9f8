package io.jfalco.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import jnr.ffi.LibraryLoader;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/** What systemd listens on; a datagram socket, which the JDK does not have for paths. */
final class NotifySocket implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int MSG_DONTWAIT = 0x40;

  /** The functions used here. */
  public interface Sockets {
    int socket(int domain, int type, int protocol);

    int bind(int fd, @In byte[] address, int length);

    long recv(int fd, @Out byte[] buffer, long length, int flags);

    int close(int fd);
  }

  private final Sockets sockets = LibraryLoader.create(Sockets.class).load("c");
  private final int fd = sockets.socket(AF_UNIX, SOCK_DGRAM, 0);

  NotifySocket(String name) throws IOException {
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    byte[] address = new byte[2 + path.length];
    address[0] = AF_UNIX;
    System.arraycopy(path, 0, address, 2, path.length);
    if (sockets.bind(fd, address, address.length) != 0) {
      throw new IOException("bind " + name);
    }
  }

  /** A datagram that is there, if there is one. */
  Optional<String> poll() {
    byte[] buffer = new byte[1 << 12];
    long size = sockets.recv(fd, buffer, buffer.length, MSG_DONTWAIT);
    return size < 0
        ? Optional.empty()
        : Optional.of(new String(buffer, 0, (int) size, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    sockets.close(fd);
  }
}
