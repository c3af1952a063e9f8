/* SPDX-License-Identifier: Apache-2.0 */
/* sendmmsg and recvmmsg: one record for each message, or a single one for a failed call. */
#include "net.h"

#include <sys/uio.h>

#define MESSAGES 3
/* Falco looks at no more messages than this. */
#define MOST_SHOWN 16

struct batch {
  struct mmsghdr headers[MOST_SHOWN + 2];
  struct iovec parts[MOST_SHOWN + 2];
  char data[MOST_SHOWN + 2][120];
};

static struct batch batch;

static void fill_batch(size_t count, const struct address *to) {
  memset(&batch, 0, sizeof(batch));
  for (size_t i = 0; i < count; i++) {
    size_t length = i == 1 ? 100 : (size_t)sprintf(batch.data[i], "message %zu", i);
    if (i == 1) {
      memset(batch.data[i], 'x', length);
    }
    batch.parts[i] = (struct iovec){batch.data[i], length};
    batch.headers[i].msg_hdr = (struct msghdr){
        .msg_iov = &batch.parts[i],
        .msg_iovlen = 1,
        .msg_name = to == NULL ? NULL : (void *)&to->any,
        .msg_namelen = to == NULL ? 0 : to->length,
    };
  }
}

static const char *kept(const void *data, size_t length) {
  return bytes(data, length < SNAPLEN ? length : SNAPLEN);
}

static void sendmmsg_once(long fd, size_t count, const struct address *to) {
  fill_batch(count, to);
  long res = SYS(SYS_sendmmsg, fd, batch.headers, count, 0);
  if (res <= 0) {
    expect("SOCKET_SENDMMSG_X", "res=%ld fd=%ld size=0 data=- tuple=-", res, fd);
    return;
  }
  for (long i = 0; i < res && i < MOST_SHOWN; i++) {
    expect("SOCKET_SENDMMSG_X", "res=%u fd=%ld size=%zu data=%s tuple=%s",
           batch.headers[i].msg_len, fd, batch.parts[i].iov_len,
           kept(batch.data[i], batch.headers[i].msg_len), tuple_text(fd, true, to));
  }
}

static void run_sendmmsg(void) {
  struct address to4 = bound_address(new_server(AF_INET, SOCK_DGRAM, NULL));
  struct address to6 = bound_address(new_server(AF_INET6, SOCK_DGRAM, NULL));
  long udp = new_socket(AF_INET, SOCK_DGRAM);
  long client;
  long server;
  stream_pair(AF_INET, &client, &server);
  begin();
  sendmmsg_once(udp, MESSAGES, &to4);
  sendmmsg_once(new_socket(AF_INET6, SOCK_DGRAM), MESSAGES, &to6);
  sendmmsg_once(client, MESSAGES, NULL);
  sendmmsg_once(udp, MOST_SHOWN + 2, &to4);
  sendmmsg_once(udp, 0, NULL);
  sendmmsg_once(udp, MESSAGES, NULL); /* no address */
  sendmmsg_once(BAD_FD, MESSAGES, &to4);
  long res = SYS(SYS_sendmmsg, udp, unreadable, 2, 0);
  expect("SOCKET_SENDMMSG_X", "res=%ld fd=%ld size=0 data=- tuple=-", res, udp);
  end();
}

/* Messages have 100 bytes of room; with names, each brings its sender's address. */
static void recvmmsg_once(long fd, size_t count, int family, bool with_name, bool with_control) {
  static struct address names[MOST_SHOWN + 2];
  static char controls[MOST_SHOWN + 2][64];
  fill_batch(count, NULL);
  memset(names, 0, sizeof(names));
  memset(controls, 0, sizeof(controls));
  for (size_t i = 0; i < count; i++) {
    struct msghdr *header = &batch.headers[i].msg_hdr;
    batch.parts[i].iov_len = 110;
    memset(batch.data[i], 0, sizeof(batch.data[i]));
    if (with_name) {
      header->msg_name = &names[i].any;
      header->msg_namelen = family == AF_INET ? sizeof(names[i].v4) : sizeof(names[i].v6);
    }
    if (with_control) {
      header->msg_control = controls[i];
      header->msg_controllen = sizeof(controls[i]);
    }
  }
  long res = SYS(SYS_recvmmsg, fd, batch.headers, count, MSG_DONTWAIT, NULL);
  if (res <= 0) {
    expect("SOCKET_RECVMMSG_X", "res=%ld fd=%ld size=0 data=- tuple=- msgcontrol=-", res, fd);
    return;
  }
  for (long i = 0; i < res && i < MOST_SHOWN; i++) {
    unsigned length = batch.headers[i].msg_len;
    const char *control =
        with_control ? bytes(controls[i], batch.headers[i].msg_hdr.msg_controllen) : "-";
    expect("SOCKET_RECVMMSG_X", "res=%u fd=%ld size=%u data=%s tuple=%s msgcontrol=%s", length, fd,
           length, kept(batch.data[i], length),
           tuple_text(fd, false, with_name ? &names[i] : NULL), control);
  }
}

static void send_batch(int family, const struct address *to, size_t count) {
  long fd = new_socket(family, SOCK_DGRAM);
  fill_batch(count, to);
  long sent = must(SYS(SYS_sendmmsg, fd, batch.headers, count, 0), "sendmmsg");
  must(sent == (long)count ? 0 : -EPROTO, "sendmmsg");
}

static void run_recvmmsg(void) {
  int on = 1;
  long udp4 = new_server(AF_INET, SOCK_DGRAM, NULL);
  long udp6 = new_server(AF_INET6, SOCK_DGRAM, NULL);
  must(SYS(SYS_setsockopt, udp6, SOL_SOCKET, SO_TIMESTAMP, &on, sizeof(on)), "SO_TIMESTAMP");
  struct address to4 = bound_address(udp4);
  struct address to6 = bound_address(udp6);
  send_batch(AF_INET, &to4, MESSAGES + 2);
  send_batch(AF_INET6, &to6, MESSAGES);
  begin();
  recvmmsg_once(udp4, MESSAGES, AF_INET, true, false);
  recvmmsg_once(udp4, MESSAGES, AF_INET, false, true);
  recvmmsg_once(udp6, MESSAGES, AF_INET6, true, true);
  recvmmsg_once(udp4, MESSAGES, AF_INET, true, false); /* EAGAIN */
  recvmmsg_once(udp4, 0, AF_INET, false, false);
  recvmmsg_once(BAD_FD, MESSAGES, AF_INET, true, true);
  long res = SYS(SYS_recvmmsg, udp4, unreadable, 2, MSG_DONTWAIT, NULL);
  expect("SOCKET_RECVMMSG_X", "res=%ld fd=%ld size=0 data=- tuple=- msgcontrol=-", res, udp4);
  end();
}

const struct test_case batch_cases[] = {
    {"sendmmsg", run_sendmmsg},
    {"recvmmsg", run_recvmmsg},
    {NULL, NULL},
};
