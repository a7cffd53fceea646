#include "sdk/forger/false_template.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>

#include "runtime/base/fd.h"
#include "runtime/jail/guest_child.h"
#include "runtime/jail/protocol.h"

namespace kiosk::jail {
namespace {

void sendBytes(const void* bytes, std::size_t length, int fd) {
  iovec part = {const_cast<void*>(bytes), length};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message = {};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (fd >= 0) {
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &fd, sizeof fd);
  }
  ::sendmsg(kControlSocket, &message, MSG_NOSIGNAL);
}

template <class Body>
void say(MessageType type, const Body& body, int fd = -1) {
  const Message<Body> message = makeMessage(type, body);
  sendBytes(&message, sizeof message, fd);
}

/// Waits for a request; its id, and the session's socket in `socket`. Ends with the host.
std::uint64_t nextRequest(Fd& socket) {
  static std::array<char, kPacketBytesMax> buffer;
  for (;;) {
    iovec part = {buffer.data(), buffer.size()};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr message = {};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    if (::recvmsg(kControlSocket, &message, MSG_CMSG_CLOEXEC) <= 0) ::_exit(0);
    const cmsghdr* header = CMSG_FIRSTHDR(&message);
    if (header == nullptr) continue;  // told to retire
    int fd = -1;
    std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
    socket.reset(fd);
    ForkBody body;
    std::memcpy(&body, buffer.data() + sizeof(MessageHeader), sizeof body);
    return body.requestId;
  }
}

[[noreturn]] void stay() {
  for (;;) ::poll(nullptr, 0, -1);
}

void answer(std::string_view conduct) {
  Fd socket;
  const std::uint64_t id = nextRequest(socket);
  if (conduct == "socket") {
    say(MessageType::Forked, ForkedBody{id, ::getpid(), 1}, socket.get());
  } else if (conduct == "refuse") {
    say(MessageType::Refused, RefusedBody{id, Refusal::ForkFailed, 0, 0});
  } else if (conduct == "ended") {
    Fd pidfd;
    const pid_t pid = forkWithPidfd(pidfd);
    if (pid == 0) stay();
    say(MessageType::Forked, ForkedBody{id, pid, 1}, pidfd.get());
    ExitedBody exited;
    exited.requestId = id;
    say(MessageType::Exited, exited);
  } else if (conduct == "silent") {
    static_cast<void>(socket.release());  // kept open
  }
}

}  // namespace

void playFalseTemplate(std::string_view conduct) {
  ::signal(SIGCHLD, SIG_IGN);  // nobody is waited for
  say(MessageType::Ready, ReadyBody{});
  if (conduct == "twice") say(MessageType::Ready, ReadyBody{});
  if (conduct == "unknown") say(MessageType::Forked, ForkedBody{999'999, 1, 1}, kControlSocket);
  if (conduct == "noise") sendBytes("noise", 5, -1);
  if (conduct == "spin") {
    if (liftCpuLimit() != 0) ::_exit(1);
    for (volatile unsigned long turns = 0;;) turns = turns + 1;
  }
  for (;;) answer(conduct);
}

}  // namespace kiosk::jail
