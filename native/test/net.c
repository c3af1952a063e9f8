/* SPDX-License-Identifier: Apache-2.0 */
#include "net.h"

#include <arpa/inet.h>

struct address loopback(int family, unsigned port) {
  struct address a;
  memset(&a, 0, sizeof(a));
  if (family == AF_INET6) {
    a.v6 = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
    a.v6.sin6_addr = in6addr_loopback;
    a.length = sizeof(a.v6);
  } else {
    a.v4 = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    a.v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    a.length = sizeof(a.v4);
  }
  return a;
}

struct address unix_address(const char *name, size_t name_length) {
  struct address a;
  memset(&a, 0, sizeof(a));
  a.local.sun_family = AF_UNIX;
  memcpy(a.local.sun_path, name, name_length);
  a.length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + name_length);
  return a;
}

struct address bound_address(long fd) {
  struct address a;
  memset(&a, 0, sizeof(a));
  a.length = sizeof(struct sockaddr_un);
  must(SYS(SYS_getsockname, fd, &a.any, &a.length), "getsockname");
  return a;
}

long new_socket(int family, int type) {
  return must(SYS(SYS_socket, family, type, 0), "socket");
}

long new_server(int family, int type, const char *path) {
  long fd = new_socket(family, type);
  struct address a =
      family == AF_UNIX ? unix_address(path, strlen(path) + 1) : loopback(family, 0);
  must(SYS(SYS_bind, fd, &a.any, a.length), "bind");
  if (type == SOCK_STREAM) {
    must(SYS(SYS_listen, fd, 5), "listen");
  }
  return fd;
}

void connect_to(long fd, const struct address *to) {
  must(SYS(SYS_connect, fd, &to->any, to->length), "connect");
}

void stream_pair(int family, long *client, long *server) {
  long listening = new_server(family, SOCK_STREAM, "pair");
  struct address to = bound_address(listening);
  *client = new_socket(family, SOCK_STREAM);
  connect_to(*client, &to);
  *server = must(SYS(SYS_accept, listening, NULL, NULL), "accept");
  SYS(SYS_close, listening);
}

/* ip:port or [ip]:port */
static const char *endpoint(const struct address *a) {
  char ip[INET6_ADDRSTRLEN];
  if (a->any.sa_family == AF_INET6) {
    inet_ntop(AF_INET6, &a->v6.sin6_addr, ip, sizeof(ip));
    return format("[%s]:%u", ip, ntohs(a->v6.sin6_port));
  }
  inet_ntop(AF_INET, &a->v4.sin_addr, ip, sizeof(ip));
  return format("%s:%u", ip, ntohs(a->v4.sin_port));
}

const char *address_text(const struct address *a) {
  switch (a->any.sa_family) {
    case AF_INET:
      return format("inet:%s", endpoint(a));
    case AF_INET6:
      return format("inet6:%s", endpoint(a));
    case AF_UNIX: {
      size_t kept = a->length - offsetof(struct sockaddr_un, sun_path);
      bool abstract = a->local.sun_path[0] == '\0';
      const char *name = a->local.sun_path + (abstract ? 1 : 0);
      return format("unix:%s", text_start(name, kept - (abstract ? 1 : 0)));
    }
    default:
      return "-";
  }
}

const char *tuple_text(long fd, bool outbound, const struct address *given) {
  struct address own = bound_address(fd);
  struct address peer;
  memset(&peer, 0, sizeof(peer));
  peer.any.sa_family = own.any.sa_family;
  socklen_t length = sizeof(struct sockaddr_un);
  if (SYS(SYS_getpeername, fd, &peer.any, &length) < 0 && given != NULL) {
    peer = *given;
  }
  const char *first = endpoint(outbound ? &own : &peer);
  const char *second = endpoint(outbound ? &peer : &own);
  return format("%s:%s>%s", own.any.sa_family == AF_INET6 ? "inet6" : "inet", first, second);
}
