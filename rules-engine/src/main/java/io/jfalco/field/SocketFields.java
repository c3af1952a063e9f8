package io.jfalco.field;

import static io.jfalco.event.ParamType.CHARBUF;
import static io.jfalco.event.ParamType.IPADDR;
import static io.jfalco.event.ParamType.IPNET;
import static io.jfalco.event.ParamType.PORT;
import static io.jfalco.field.FieldFlag.ANY_ENDPOINT;
import static io.jfalco.field.FieldFlag.FILTER_ONLY;
import static io.jfalco.field.FieldFlag.NO_RHS;
import static io.jfalco.field.FieldFlag.NO_TRANSFORMER;

import io.jfalco.event.Bytes;
import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import io.jfalco.state.EventContext;
import io.jfalco.state.FdInfo;

/** Both ends of a connection. */
final class SocketFields {
  private SocketFields() {}

  /** One end of a connection. */
  enum End {
    CLIENT("client"),
    SERVER("server"),
    LOCAL("local"),
    REMOTE("remote");

    private final String word;

    End(String word) {
      this.word = word;
    }

    /**
     * True when this end is the source (client) of the connection; the client is the local end when
     * its address is one of this machine.
     */
    boolean isSource(EventContext context, FdInfo fd) {
      return switch (this) {
        case CLIENT -> true;
        case SERVER -> false;
        case LOCAL -> LocalAddresses.isClientLocal(context, fd);
        case REMOTE -> !LocalAddresses.isClientLocal(context, fd);
      };
    }

    /** True when the descriptor has such an end. */
    boolean exists(FdInfo fd) {
      if (!fd.type().isInet()) {
        return false;
      }
      return this == SERVER || !fd.type().isServerSocket();
    }
  }

  static void addAddresses(FieldRows rows) {
    rows.row(
            "fd.ip",
            IPADDR,
            PrintFormat.NA,
            "address of the client or of the server.",
            bothAddresses(),
            FILTER_ONLY,
            NO_RHS,
            NO_TRANSFORMER,
            ANY_ENDPOINT)
        .row("fd.cip", IPADDR, PrintFormat.NA, "client address.", address(End.CLIENT))
        .row("fd.sip", IPADDR, PrintFormat.NA, "server address.", address(End.SERVER))
        .row("fd.lip", IPADDR, PrintFormat.NA, "local address.", address(End.LOCAL))
        .row("fd.rip", IPADDR, PrintFormat.NA, "remote address.", address(End.REMOTE))
        .row(
            "fd.port",
            PORT,
            PrintFormat.DEC,
            "port of the client or of the server.",
            bothPorts(),
            FILTER_ONLY,
            NO_RHS,
            NO_TRANSFORMER,
            ANY_ENDPOINT)
        .number("fd.cport", PORT, "client port.", port(End.CLIENT))
        .number("fd.sport", PORT, "server port.", port(End.SERVER))
        .number("fd.lport", PORT, "local port.", port(End.LOCAL))
        .number("fd.rport", PORT, "remote port.", port(End.REMOTE));
  }

  /** An extractor for conditions only. */
  private static Extractor filterOnly(Extractor extractor) {
    return new Extractor() {
      @Override
      public boolean extract(EventContext context, Value out) {
        return extractor.extract(context, out);
      }

      @Override
      public boolean print(EventContext context, Value out) {
        return false;
      }
    };
  }

  /** Both addresses; a descriptor that is no socket has none of them, but exists. */
  private static Extractor bothAddresses() {
    return filterOnly(
        FdFields.known(
            (context, fd, out) -> {
              if (fd.type().isInet()) {
                if (!fd.type().isServerSocket()) {
                  view(fd, fd.sourceIp(), out);
                }
                view(fd, fd.destinationIp(), out);
              }
              return true;
            }));
  }

  private static void view(FdInfo fd, byte[] ip, Value out) {
    out.addText().view(ip, 0, fd.type().isInet6() ? 16 : 4);
  }

  private static Extractor bothPorts() {
    return filterOnly(
        FdFields.known(
            (context, fd, out) -> {
              if (fd.type().isInet()) {
                if (!fd.type().isServerSocket()) {
                  out.addNumber(fd.sourcePort());
                }
                out.addNumber(fd.destinationPort());
              }
              return true;
            }));
  }

  private static Extractor address(End end) {
    return FdFields.known(
        (context, fd, out) -> {
          if (!end.exists(fd) || fd.isRoleNone()) {
            return false;
          }
          view(fd, end.isSource(context, fd) ? fd.sourceIp() : fd.destinationIp(), out);
          return true;
        });
  }

  private static boolean portOf(End end, EventContext context, FdInfo fd, Value out) {
    if (!end.exists(fd) || fd.isRoleNone() && !fd.type().isServerSocket()) {
      return false;
    }
    boolean source = end.isSource(context, fd);
    return Extractors.number(out, source ? fd.sourcePort() : fd.destinationPort());
  }

  private static Extractor port(End end) {
    return FdFields.known((context, fd, out) -> portOf(end, context, fd, out));
  }

  static void addServices(FieldRows rows) {
    rows.row(
        "fd.proto",
        PORT,
        PrintFormat.NA,
        "port of the client or of the server, by name of its service.",
        bothPorts(),
        FILTER_ONLY,
        NO_RHS,
        NO_TRANSFORMER,
        ANY_ENDPOINT);
    String[] names = {"fd.cproto", "fd.sproto", "fd.lproto", "fd.rproto"};
    for (End end : End.values()) {
      rows.bound(
          names[end.ordinal()],
          CHARBUF,
          PrintFormat.NA,
          end.word + " port as text.",
          argument -> new PortText(end));
    }
  }

  /** A port as text. For sockets that listen the text is empty, as in Falco. */
  private static final class PortText implements Extractor {
    private final End end;
    private final Value port = new Value();

    PortText(End end) {
      this.end = end;
    }

    @Override
    public boolean extract(EventContext context, Value out) {
      FdInfo fd = FdFields.fd(context);
      if (fd == null) {
        return false;
      }
      if (portOf(end, context, fd, port.clear())) {
        Bytes text = out.addText();
        if (!fd.type().isServerSocket()) {
          text.appendDecimal(port.number());
        }
        return true;
      }
      if (end == End.CLIENT && !fd.isRoleNone()) {
        out.addText();
        return true;
      }
      return false;
    }
  }

  static void addNetworks(FieldRows rows) {
    ParamType type = IPNET;
    FieldFlag[] both = {FILTER_ONLY, NO_RHS, NO_TRANSFORMER, ANY_ENDPOINT};
    FieldFlag[] one = {FILTER_ONLY, NO_RHS, NO_TRANSFORMER};
    rows.row(
            "fd.net",
            type,
            PrintFormat.NA,
            "network of the client or of the server.",
            bothAddresses(),
            both)
        .row("fd.cnet", type, PrintFormat.NA, "network of the client.", address(End.CLIENT), one)
        .row("fd.snet", type, PrintFormat.NA, "network of the server.", address(End.SERVER), one)
        .row("fd.lnet", type, PrintFormat.NA, "local network.", address(End.LOCAL), one)
        .row("fd.rnet", type, PrintFormat.NA, "remote network.", address(End.REMOTE), one);
  }

  static void addDomains(FieldRows rows, DomainNames domains) {
    String[] names = {"fd.cip.name", "fd.sip.name", "fd.lip.name", "fd.rip.name"};
    for (End end : End.values()) {
      rows.bound(
          names[end.ordinal()],
          CHARBUF,
          PrintFormat.NA,
          "domain name of the "
              + end.word
              + " address, if it is one of those that conditions compare it with.",
          argument -> new DomainField(address(end), domains),
          NO_RHS,
          NO_TRANSFORMER);
    }
  }

  static boolean isServer(EventContext context, Value out) {
    FdInfo fd = FdFields.fd(context);
    if (fd == null) {
      return false;
    }
    boolean server =
        fd.type().isServerSocket()
            || fd.type().isInet() && LocalAddresses.isServerLocal(context, fd);
    return Extractors.bool(out, server);
  }
}
