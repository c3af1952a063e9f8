/* SPDX-License-Identifier: Apache-2.0 */
/* Sockets for the network cases, and the text of addresses and tuples. Only loopback is used. */
#pragma once

#include "trigger.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

/* Any address, with its length. */
struct address {
  union {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    struct sockaddr_un local;
  };
  socklen_t length;
};

/* 127.0.0.1 or ::1 with a port. */
struct address loopback(int family, unsigned port);
/* A path, or with a leading NUL an abstract name; the length covers just the name. */
struct address unix_address(const char *name, size_t name_length);
/* The address that a socket is bound to. */
struct address bound_address(long fd);

long new_socket(int family, int type);
/* A socket bound to a free port of loopback, or to a path; a stream socket also listens. */
long new_server(int family, int type, const char *path);
/* Connects, or ends the program. */
void connect_to(long fd, const struct address *to);
/* A client that is connected to an accepted server socket. */
void stream_pair(int family, long *client, long *server);

/* SOCKADDR value. */
const char *address_text(const struct address *address);
/* SOCKTUPLE value of an internet socket. Outbound: own address first. A socket without a peer takes
 * the address that the caller gave (NULL: none). */
const char *tuple_text(long fd, bool outbound, const struct address *given);
