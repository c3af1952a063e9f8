package io.jfalco.driver.capture;

/** Numbers of the blocks of a capture file, and what they hold. */
final class BlockType {
  static final int SECTION_HEADER = 0x0A0D0D0A;

  /** The blocks that are written, each the newest of its kind. */
  static final int MACHINE_INFO = 0x201;

  static final int PROCESS_LIST = 0x215;
  static final int DESCRIPTOR_LIST = 0x218;
  static final int INTERFACE_LIST = 0x219;
  static final int USER_LIST = 0x220;

  /** What a block holds. */
  enum Kind {
    SECTION,
    MACHINE,
    PROCESSES,
    DESCRIPTORS,
    INTERFACES,
    USERS,
    EVENT,
    UNKNOWN
  }

  private BlockType() {}

  static Kind kind(int type) {
    switch (type) {
      case SECTION_HEADER:
        return Kind.SECTION;
      case 0x201:
      case 0x8002ABCD:
        return Kind.MACHINE;
      case 0x203:
      case 0x8001ABCD:
      case 0x218:
        return Kind.DESCRIPTORS;
      case 0x205:
      case 0x8011ABCD:
      case 0x219:
        return Kind.INTERFACES;
      case 0x206:
      case 0x8012ABCD:
      case 0x220:
        return Kind.USERS;
      case 0x204:
      case 0x8010ABCD:
      case 0x208:
      case 0x216:
      case 0x217:
      case 0x221:
      case 0x222:
        return Kind.EVENT;
      default:
        return processListVersion(type) > 0 ? Kind.PROCESSES : Kind.UNKNOWN;
    }
  }

  /** Type of the block of an event, with or without flags, long or not. */
  static int eventType(boolean flags, boolean large) {
    if (large) {
      return flags ? 0x222 : 0x221;
    }
    return flags ? 0x217 : 0x216;
  }

  /** Version 1 to 9 of a process list, or 0. */
  static int processListVersion(int type) {
    switch (type) {
      case 0x202:
      case 0x8000ABCD:
        return 1;
      case 0x207:
      case 0x8013ABCD:
        return 2;
      case 0x209:
      case 0x8014ABCD:
        return 3;
      default:
        return type >= 0x210 && type <= 0x215 ? type - 0x210 + 4 : 0;
    }
  }

  /** True when the entries of a descriptor, interface or user list begin with their length. */
  static boolean hasEntryLengths(int type) {
    return type == 0x218 || type == 0x219 || type == 0x220;
  }

  /** True when an event carries the number of its parameters. */
  static boolean hasParamCount(int type) {
    return type == 0x216 || type == 0x217 || isLarge(type);
  }

  /** True when an event carries flags. */
  static boolean hasFlags(int type) {
    return type == 0x208 || type == 0x217 || type == 0x222;
  }

  /** True when an event may be longer than 64 KiB. */
  static boolean isLarge(int type) {
    return type == 0x221 || type == 0x222;
  }
}
