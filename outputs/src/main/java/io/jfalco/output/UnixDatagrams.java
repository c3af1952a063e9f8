package io.jfalco.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jnr.ffi.LibraryLoader;
import jnr.ffi.annotations.In;

/**
 * Sends datagrams to Unix sockets, which the JDK cannot: to systemd and its journal. Any thread may
 * use it; {@link #send} blocks while the receiver's queue is full.
 */
public final class UnixDatagrams implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDBUF = 7;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int EINTR = 4;

  /** {@code sizeof(struct sockaddr_un)}, and where its path begins. */
  private static final int ADDRESS_SIZE = 110;

  private static final int PATH_OFFSET = 2;

  /** The kernel cuts it to net.core.wmem_max. */
  private static final int SEND_BUFFER = 8 << 20;

  /** The functions used here. */
  public interface CLibrary {
    /** A new socket, or -1. */
    int socket(int domain, int type, int protocol);

    /** Sets an option of a socket. */
    int setsockopt(int socket, int level, int option, @In int[] value, int length);

    /** Number of bytes sent, or -1. */
    long sendto(
        int socket, @In byte[] data, long length, int flags, @In byte[] address, int addressLength);

    /** Gives the socket back. */
    int close(int socket);
  }

  private final CLibrary library;
  private final jnr.ffi.Runtime runtime;
  private final byte[] address;
  private final int socket;
  private final String name;

  private UnixDatagrams(String name, byte[] address) throws IOException {
    this.name = name;
    this.address = address;
    library = LibraryLoader.create(CLibrary.class).load("c");
    runtime = jnr.ffi.Runtime.getRuntime(library);
    socket = library.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0) {
      throw new IOException("socket(AF_UNIX): errno " + runtime.getLastError());
    }
    library.setsockopt(socket, SOL_SOCKET, SO_SNDBUF, new int[] {SEND_BUFFER}, Integer.BYTES);
  }

  /**
   * A sender. Whether anybody receives shows at {@link #send}.
   *
   * @param receiver path of the receiver's socket; behind a leading {@code @} a name in the
   *     abstract namespace
   * @throws IOException when the name is no address, or there is no socket to be had
   */
  public static UnixDatagrams to(String receiver) throws IOException {
    return new UnixDatagrams(receiver, address(receiver));
  }

  /**
   * {@code struct sockaddr_un}: the family in the machine's order (little-endian), then the path.
   */
  private static byte[] address(String receiver) throws IOException {
    byte[] path = receiver.getBytes(StandardCharsets.UTF_8);
    boolean isAbstract = receiver.startsWith("@");
    if (!isAbstract && !receiver.startsWith("/")) {
      throw new IOException("not the address of a Unix socket: " + receiver);
    }
    if (PATH_OFFSET + path.length >= ADDRESS_SIZE) {
      throw new IOException("the address of a Unix socket is too long: " + receiver);
    }
    // A path ends with a zero byte; an abstract name begins with one, and has no end but its
    // length.
    byte[] address = Arrays.copyOf(new byte[] {AF_UNIX, 0}, PATH_OFFSET + path.length + 1);
    System.arraycopy(path, 0, address, PATH_OFFSET, path.length);
    if (isAbstract) {
      address[PATH_OFFSET] = 0;
      return Arrays.copyOf(address, PATH_OFFSET + path.length);
    }
    return address;
  }

  /**
   * Sends one datagram.
   *
   * @throws IOException when nobody receives there, or it is too long for a datagram
   */
  public void send(byte[] datagram) throws IOException {
    int error = EINTR;
    while (error == EINTR) {
      long sent =
          library.sendto(socket, datagram, datagram.length, MSG_NOSIGNAL, address, address.length);
      if (sent >= 0) {
        return;
      }
      error = runtime.getLastError();
    }
    throw new IOException("sendto " + name + ": errno " + error);
  }

  @Override
  public void close() {
    library.close(socket);
  }
}
