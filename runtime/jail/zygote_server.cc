#include "runtime/jail/zygote_server.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <string>

namespace kiosk::jail {
namespace {

constexpr std::size_t kGuestsReserved = 1024;

/// How soon a message that the kernel would not take is tried again.
constexpr int kUnsentRetryMs = 2;
/// Messages that wait, each with a descriptor at most; then forks are refused.
constexpr std::size_t kUnsentMax = 256;
static_assert(kUnsentMax < kTemplateDescriptorsMax / 2);

/// Sends one packet, with one descriptor unless `fd` is -1. Waits for room; a host that is gone is
/// noticed where packets are received. False: the user has too many descriptors on their way, in
/// whatever process and to whomever (unix(7), ETOOMANYREFS).
bool sendPacket(const void* bytes, std::size_t length, int fd) {
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
  ssize_t sent = 0;
  do {
    sent = ::sendmsg(kControlSocket, &message, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return sent >= 0 || errno != ETOOMANYREFS;
}

std::uint64_t monotonicMicros() {
  timespec now = {};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000 +
         static_cast<std::uint64_t>(now.tv_nsec) / 1000;
}

std::uint64_t microsOf(const timeval& time) {
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000 +
         static_cast<std::uint64_t>(time.tv_usec);
}

/// A package that could change or shrink under its reader would be a hole in the guest's memory.
bool sealed(int package) {
  constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  const int seals = ::fcntl(package, F_GET_SEALS);
  return seals >= 0 && (seals & kSeals) == kSeals;
}

}  // namespace

void reportFailure(std::string_view text) {
  text = text.substr(0, kFailedTextBytesMax);
  std::array<char, sizeof(MessageHeader) + kFailedTextBytesMax> packet;
  const std::size_t length = sizeof(MessageHeader) + text.size();
  const MessageHeader header = {kProtocolVersion, MessageType::Failed,
                                static_cast<std::uint32_t>(length)};
  std::memcpy(packet.data(), &header, sizeof header);
  std::memcpy(packet.data() + sizeof header, text.data(), text.size());
  sendPacket(packet.data(), length, -1);
  // Not by libc's streams, which ask where the descriptor stands: a template's filter forbids that.
  const std::string line = "zygote: " + std::string(text) + "\n";
  if (::write(STDERR_FILENO, line.data(), line.size()) < 0) return;
}

ZygoteServer::ZygoteServer(const ZygoteOptions& options, GuestHeritage heritage,
                           const LayerReport& layers)
    : options_(options), heritage_(heritage), layers_(layers) {
  guests_.reserve(kGuestsReserved);
}

bool ZygoteServer::prepare() {
  sigset_t children;
  ::sigemptyset(&children);
  ::sigaddset(&children, SIGCHLD);
  if (::sigprocmask(SIG_BLOCK, &children, nullptr) != 0) return false;
  childSignals_.reset(::signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK));
  int ends[2] = {-1, -1};
  if (!childSignals_ || ::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return false;
  recordsIn_.reset(ends[0]);
  recordsOut_.reset(ends[1]);
  heritage_.recordPipe = ends[1];
  return true;
}

void ZygoteServer::serve(std::uint32_t warmMicros) {
  ReadyBody ready;
  layers_.writeTo(ready);
  ready.warmMicros = warmMicros;
  tell(MessageType::Ready, ready);
  while (hasWork()) {
    pollfd watched[] = {{kControlSocket, POLLIN, 0}, {childSignals_.get(), POLLIN, 0}};
    const int timeoutMs = unsent_.empty() ? -1 : kUnsentRetryMs;
    if (::poll(watched, 2, timeoutMs) < 0 && errno != EINTR) return killAll();
    sendUnsent();
    if (watched[1].revents != 0) reap();
    if (watched[0].revents == 0) continue;
    Packet packet;
    const Received received = receive(packet);
    if (received == Received::HostGone) return killAll();
    if (received == Received::Packet && !handle(packet)) return killAll();
  }
}

template <class Body>
void ZygoteServer::tell(MessageType type, const Body& body, Fd descriptor) {
  const Message<Body> message = makeMessage(type, body);
  const auto* bytes = reinterpret_cast<const char*>(&message);
  unsent_.push_back({{bytes, sizeof message}, std::move(descriptor)});
  sendUnsent();
}

void ZygoteServer::sendUnsent() {
  while (!unsent_.empty()) {
    const Unsent& next = unsent_.front();
    if (!sendPacket(next.packet.data(), next.packet.size(), next.descriptor.get())) return;
    unsent_.pop_front();
  }
}

ZygoteServer::Received ZygoteServer::receive(Packet& packet) {
  iovec part = {buffer_.data(), buffer_.size()};
  alignas(cmsghdr) char
      control[CMSG_SPACE(sizeof(int) * std::tuple_size_v<decltype(packet.descriptors)>)];
  msghdr message = {};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  const ssize_t got = ::recvmsg(kControlSocket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
  if (got < 0) return errno == EINTR || errno == EAGAIN ? Received::Nothing : Received::HostGone;
  if (got == 0) return Received::HostGone;
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr;
       header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count && i < packet.descriptors.size(); ++i) {
      int fd = -1;
      std::memcpy(&fd, CMSG_DATA(header) + i * sizeof(int), sizeof fd);
      packet.descriptors[i].reset(fd);
    }
  }
  packet.length = static_cast<std::size_t>(got);
  return Received::Packet;
}

bool ZygoteServer::handle(Packet& packet) {
  MessageHeader header;
  if (packet.length < sizeof header) return false;
  std::memcpy(&header, buffer_.data(), sizeof header);
  if (header.version != kProtocolVersion || header.length != packet.length) return false;
  if (header.type == MessageType::Retire) {
    toldToRetire_ = true;
    return true;
  }
  if (header.type == MessageType::MakeTemplate) return handleMakeTemplate(packet);
  return header.type == MessageType::Fork && handleFork(packet);
}

template <class Body>
bool ZygoteServer::readRequest(const Packet& packet, Body& body, std::string_view& config) const {
  constexpr std::size_t kAt = sizeof(Message<Body>);
  if (packet.length < kAt) return false;
  std::memcpy(&body, buffer_.data() + sizeof(MessageHeader), sizeof body);
  config = {buffer_.data() + kAt, packet.length - kAt};
  return config.size() == body.configBytes;
}

std::optional<Refusal> ZygoteServer::refusal() const {
  if (retired()) return Refusal::Retired;
  if (!layers_.complete() && options_.missingLayer == MissingLayer::Refuse) {
    return Refusal::JailIncomplete;
  }
  // Requests are still read: their own descriptors may be those that are too many.
  if (unsent_.size() >= kUnsentMax) return Refusal::Busy;
  return std::nullopt;
}

bool ZygoteServer::handleFork(Packet& packet) {
  ForkBody body;
  GuestStart start;
  if (!readRequest(packet, body, start.config)) return false;
  const bool hasPackage = (body.flags & kForkHasPackage) != 0;
  const bool mayBring = heritage_.parent == Parent::Zygote;
  const Fd& package = packet.descriptors[1];
  std::optional<Refusal> why = refusal();
  if (!why && (!packet.descriptors[0] || hasPackage != static_cast<bool>(package) ||
               (hasPackage && !mayBring))) {
    why = Refusal::BadRequest;
  }
  if (!why && hasPackage && !sealed(package.get())) why = Refusal::PackageNotSealed;
  if (why) {
    refuse(body.requestId, *why, 0);
    return true;
  }
  start.requestId = body.requestId;
  start.limits = {body.memoryBytesMax, body.cpuSecondsMax};
  forkGuest(start, packet);
  return true;
}

bool ZygoteServer::handleMakeTemplate(Packet& packet) {
  TemplateBody body;
  TemplateStart start;
  if (heritage_.parent == Parent::Template || !readRequest(packet, body, start.app.config)) {
    return false;
  }
  std::optional<Refusal> why = refusal();
  if (!why && (!packet.descriptors[0] || !packet.descriptors[1])) why = Refusal::BadRequest;
  if (!why && !sealed(packet.descriptors[1].get())) why = Refusal::PackageNotSealed;
  if (why) {
    refuse(body.requestId, *why, 0);
    return true;
  }
  start.app.requestId = body.requestId;
  start.app.limits = {body.memoryBytesMax, body.cpuSecondsMax};
  start.forksMax = body.forksMax;
  forkTemplate(start, packet);
  return true;
}

void ZygoteServer::forkGuest(const GuestStart& start, Packet& packet) {
  const std::uint64_t began = monotonicMicros();
  Fd pidfd;
  const pid_t pid = forkWithPidfd(pidfd);
  if (pid == 0) {
    becomeGuest(heritage_, start, std::move(packet.descriptors[0]),
                std::move(packet.descriptors[1]));
  }
  noteForked(start.requestId, pid, std::move(pidfd), began);
}

void ZygoteServer::forkTemplate(const TemplateStart& start, Packet& packet) {
  const std::uint64_t began = monotonicMicros();
  Fd pidfd;
  const pid_t pid = forkWithPidfd(pidfd);
  if (pid == 0) {
    becomeTemplate(options_, heritage_, layers_, start, std::move(packet.descriptors[0]),
                   std::move(packet.descriptors[1]));
  }
  noteForked(start.app.requestId, pid, std::move(pidfd), began);
}

void ZygoteServer::noteForked(std::uint64_t requestId, pid_t pid, Fd pidfd,
                              std::uint64_t beganMicros) {
  if (pid < 0) return refuse(requestId, Refusal::ForkFailed, errno);
  ++forks_;
  guests_.push_back({pid, requestId, {}});
  const auto micros = static_cast<std::uint32_t>(monotonicMicros() - beganMicros);
  tell(MessageType::Forked, ForkedBody{requestId, pid, micros}, std::move(pidfd));
}

void ZygoteServer::reap() {
  signalfd_siginfo ignored;
  while (::read(childSignals_.get(), &ignored, sizeof ignored) > 0) continue;
  for (;;) {
    int status = 0;
    rusage usage = {};
    const pid_t pid = ::wait4(-1, &status, WNOHANG, &usage);
    if (pid <= 0) {
      // 0: children are left. Those that are not guests here came from a template that is gone.
      orphansMayBe_ = pid == 0;
      return;
    }
    readRecords();
    const auto guest = std::find_if(guests_.begin(), guests_.end(),
                                    [pid](const Guest& one) { return one.pid == pid; });
    if (guest == guests_.end()) {
      reportExit(MessageType::OrphanExited, {pid, static_cast<std::uint64_t>(pid), {}}, status,
                 usage);
      continue;
    }
    reportExit(MessageType::Exited, *guest, status, usage);
    *guest = guests_.back();
    guests_.pop_back();
  }
}

void ZygoteServer::readRecords() {
  GuestRecord record;
  while (::read(recordsIn_.get(), &record, sizeof record) == sizeof record) {
    for (Guest& guest : guests_) {
      if (guest.pid == record.pid) guest.record = record;
    }
  }
}

void ZygoteServer::reportExit(MessageType type, const Guest& guest, int status,
                              const rusage& usage) {
  ExitedBody body;
  body.requestId = guest.requestId;
  body.waitStatus = status;
  body.jailStep = guest.record.failedStep;
  body.jailErrno = guest.record.error;
  if (WIFSIGNALED(status) && WTERMSIG(status) == kFilterFailedSignal) {
    body.jailStep = JailStep::Filter;
  }
  body.userMicros = microsOf(usage.ru_utime);
  body.systemMicros = microsOf(usage.ru_stime);
  body.maxRssKiB = static_cast<std::uint64_t>(usage.ru_maxrss);
  body.baselineRssKiB = guest.record.baselineRssKiB;
  tell(type, body);
}

void ZygoteServer::refuse(std::uint64_t requestId, Refusal reason, int error) {
  tell(MessageType::Refused, RefusedBody{requestId, reason, static_cast<std::uint16_t>(error), 0});
}

void ZygoteServer::killAll() {
  // A template's guests are not its to kill, and its filter would not let it.
  if (heritage_.parent == Parent::Template) ::_exit(0);
  for (const Guest& guest : guests_) ::kill(guest.pid, SIGKILL);
  for (const Guest& guest : guests_) ::waitpid(guest.pid, nullptr, 0);
  guests_.clear();
  // Guests that a template left behind. Where this is the first process of a PID namespace, its own
  // end is theirs; else it leads a session that none of them can leave.
  if (::getpid() != 1 && ::getsid(0) == ::getpid()) ::kill(0, SIGKILL);
}

}  // namespace kiosk::jail
