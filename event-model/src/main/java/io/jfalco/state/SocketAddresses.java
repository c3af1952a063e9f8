package io.jfalco.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Addresses of a socket, in one array whose meaning depends on the socket's type.
 *
 * <pre>
 *                  0      4      8   10   12   16     18     32   34   36
 *  IPv4            | sip  | dip  |sp |dp  |l4  |
 *  IPv4, listening | ip   |port,l4(6)
 *  IPv6            | sip                      | dip          |sp  |dp  |l4
 *  IPv6, listening | ip                       |port|l4
 *  unix            | source      | peer (8 bytes each)
 * </pre>
 *
 * That the forms overlap is on purpose: a socket that changes its type without a new address shows
 * what the overlap gives, the same as Falco shows. Ports are in host order, addresses in network
 * order.
 */
final class SocketAddresses {
  static final int SIZE = 40;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private SocketAddresses() {}

  static int int32(byte[] array, int at) {
    return (int) INT.get(array, at);
  }

  static void int32(byte[] array, int at, int value) {
    INT.set(array, at, value);
  }

  static int port(byte[] array, int at) {
    return (short) SHORT.get(array, at) & 0xffff;
  }

  static void port(byte[] array, int at, int value) {
    SHORT.set(array, at, (short) value);
  }

  static long int64(byte[] array, int at) {
    return (long) LONG.get(array, at);
  }

  static void int64(byte[] array, int at, long value) {
    LONG.set(array, at, value);
  }

  static boolean isZero(byte[] array, int at, int size) {
    for (int i = at; i < at + size; i++) {
      if (array[i] != 0) {
        return false;
      }
    }
    return true;
  }

  static boolean same(byte[] one, int at, byte[] other, int otherAt, int size) {
    return Arrays.equals(one, at, at + size, other, otherAt, otherAt + size);
  }

  /** True for an IPv4 address in IPv6 form; the unspecified address counts as one. */
  static boolean isMapped(byte[] ip, int at) {
    if (!isZero(ip, at, 10)) {
      return false;
    }
    return ip[at + 10] == -1 && ip[at + 11] == -1 || isZero(ip, at + 10, 6);
  }

  /** Where the protocol is kept for a type, or -1. */
  static int protocolAt(FdType type) {
    return switch (type) {
      case IPV4 -> 12;
      case IPV4_SERVER -> 6;
      case IPV6 -> 36;
      case IPV6_SERVER -> 18;
      default -> -1;
    };
  }
}
