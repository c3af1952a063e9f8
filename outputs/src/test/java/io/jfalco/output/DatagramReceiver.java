package io.jfalco.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import jnr.ffi.LibraryLoader;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/** A bound Unix datagram socket, which the JDK does not have. */
public final class DatagramReceiver implements AutoCloseable {
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

  /** A path, or a name in the abstract namespace behind {@code @}. */
  public DatagramReceiver(String name) throws IOException {
    byte[] path = name.replace('@', '\0').getBytes(StandardCharsets.UTF_8);
    byte[] address = new byte[2 + path.length];
    address[0] = AF_UNIX;
    System.arraycopy(path, 0, address, 2, path.length);
    if (sockets.bind(fd, address, address.length) != 0) {
      throw new IOException("bind " + name);
    }
  }

  /** A datagram that is there, if there is one. */
  public Optional<byte[]> poll() {
    byte[] buffer = new byte[1 << 16];
    long size = sockets.recv(fd, buffer, buffer.length, MSG_DONTWAIT);
    return size < 0 ? Optional.empty() : Optional.of(Arrays.copyOf(buffer, (int) size));
  }

  /** The same, as text. */
  public Optional<String> pollText() {
    return poll().map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    sockets.close(fd);
  }
}
