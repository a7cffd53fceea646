#include "runtime/jail/zygote_client.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <deque>
#include <unordered_map>
#include <unordered_set>

#include "runtime/jail/protocol.h"
#include "runtime/jail/spawn.h"

namespace kiosk::jail {
namespace {

static_assert(kConfigBytesMax == kForkConfigBytesMax);
constexpr std::uint32_t kForksMaxCeiling = 1'000'000;
/// Messages taken in one poll(), so that one zygote cannot hold the loop.
constexpr int kMessagesPerPollMax = 256;

// What one layer is called, as the public API spells it.
struct LayerText {
  const char* name;
  bool required;
  const char* holds;
};
constexpr std::array<LayerText, kLayerCount> kLayerTexts = {{
#define KIOSK_X(name, text, required, holds) {text, required, holds},
    KIOSK_JAIL_LAYERS(KIOSK_X)
#undef KIOSK_X
}};

constexpr const char* kStepTexts[] = {
#define KIOSK_X(name, text) text,
    KIOSK_JAIL_STEPS(KIOSK_X)
#undef KIOSK_X
};

constexpr const char* kRefusalTexts[] = {
#define KIOSK_X(name, text) text,
    KIOSK_REFUSALS(KIOSK_X)
#undef KIOSK_X
};

/// What a process said of itself, fit for a log.
std::string printableText(std::string_view said) {
  std::string text(said.empty() ? "it gave no reason" : said);
  for (char& c : text) c = c < ' ' || c > '~' ? '?' : c;
  return text;
}

std::string withErrno(std::string text, int error) {
  if (error != 0) text.append(": ").append(std::strerror(error));
  return text;
}

std::vector<JailLayer> layersOf(const ReadyBody& ready) {
  std::vector<JailLayer> layers;
  for (std::size_t i = 0; i < kLayerCount; ++i) {
    const LayerText& text = kLayerTexts[i];
    const bool active = (ready.activeLayers >> i & 1U) != 0;
    const std::uint16_t note = ready.notes[i];
    std::string detail = text.holds;
    if (!active) {
      detail =
          note == kNoteNotNeeded ? "not needed here" : withErrno("not given by this system", note);
    }
    layers.push_back({text.name, active, text.required, std::move(detail)});
  }
  return layers;
}

/// A request on its way, with the descriptors that travel along.
struct PendingRequest {
  std::uint64_t requestId = 0;
  std::string packet;
  Fd socket;
  Fd package;
};

template <class Body>
PendingRequest pack(MessageType type, const Body& body, const std::string& config) {
  Message<Body> message = makeMessage(type, body);
  message.header.length += body.configBytes;
  PendingRequest pending;
  pending.requestId = body.requestId;
  pending.packet.assign(reinterpret_cast<const char*>(&message), sizeof message);
  pending.packet += config;
  return pending;
}

PendingRequest pack(ForkRequest request) {
  ForkBody body;
  body.requestId = request.requestId;
  body.memoryBytesMax = request.limits.memoryBytesMax;
  body.cpuSecondsMax = request.limits.cpuSecondsMax;
  body.configBytes = static_cast<std::uint32_t>(request.config.size());
  body.flags = request.package ? kForkHasPackage : 0;
  PendingRequest pending = pack(MessageType::Fork, body, request.config);
  pending.socket = std::move(request.sessionSocket);
  pending.package = std::move(request.package);
  return pending;
}

PendingRequest pack(TemplateRequest request, Fd control) {
  TemplateBody body;
  body.requestId = request.requestId;
  body.memoryBytesMax = request.limits.memoryBytesMax;
  body.cpuSecondsMax = request.limits.cpuSecondsMax;
  body.configBytes = static_cast<std::uint32_t>(request.config.size());
  body.forksMax = request.forksMax;
  PendingRequest pending = pack(MessageType::MakeTemplate, body, request.config);
  pending.socket = std::move(control);
  pending.package = std::move(request.package);
  return pending;
}

enum class Sent { Yes, Later, Never };

/// Sends `bytes` and the descriptors that are not -1.
Sent sendPacket(int socket, std::string_view bytes, int first, int second) {
  iovec part = {const_cast<char*>(bytes.data()), bytes.size()};
  const std::array<int, 2> fds = {first, second};
  const std::size_t count = first < 0 ? 0 : second < 0 ? 1 : 2;
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof fds)> control = {};
  msghdr message = {};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (count > 0) {
    message.msg_control = control.data();
    message.msg_controllen = CMSG_SPACE(sizeof(int) * count);
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int) * count);
    std::memcpy(CMSG_DATA(header), fds.data(), sizeof(int) * count);
  }
  for (;;) {
    if (::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0) return Sent::Yes;
    // ETOOMANYREFS: descriptors in flight are bounded per user.
    if (errno == EAGAIN || errno == ENOBUFS || errno == ETOOMANYREFS) return Sent::Later;
    if (errno != EINTR) return Sent::Never;
  }
}

/// One packet from the zygote.
struct Incoming {
  std::array<char, sizeof(MessageHeader) + kFailedTextBytesMax> bytes;
  std::size_t length = 0;
  Fd descriptor;

  template <class Body>
  bool read(Body& body) const {
    if (length != sizeof(Message<Body>)) return false;
    std::memcpy(&body, bytes.data() + sizeof(MessageHeader), sizeof body);
    return true;
  }
};

enum class Received { Packet, Nothing, Gone };

Received receivePacket(int socket, Incoming& incoming) {
  iovec part = {incoming.bytes.data(), incoming.bytes.size()};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
  msghdr message = {};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  ssize_t got = 0;
  do {
    got = ::recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  } while (got < 0 && errno == EINTR);
  if (got < 0 && errno == EAGAIN) return Received::Nothing;
  if (got <= 0) return Received::Gone;
  incoming.length = static_cast<std::size_t>(got);
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr;
       header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    int fd = -1;
    std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
    incoming.descriptor.reset(fd);
  }
  return Received::Packet;
}

class ZygoteClient final : public ZygoteProcess {
 public:
  ZygoteClient(SpawnedZygote zygote, std::uint32_t forksMax)
      : zygote_(std::move(zygote)), forksLeft_(forksMax) {}

  ~ZygoteClient() override {
    if (!zygote_.pidfd) return;
    zygote_.control.reset();
    killFamily(zygote_);
    reapZygote(zygote_.pidfd);
  }

  int fd() const override { return zygote_.control.get(); }
  short pollEvents() const override {
    return static_cast<short>(pending_.empty() && !retireUnsent_ ? POLLIN : POLLIN | POLLOUT);
  }
  std::vector<ZygoteEvent> poll() override;
  Result<void> fork(ForkRequest&& request) override;
  Result<std::unique_ptr<ZygoteProcess>> makeTemplate(TemplateRequest request) override;
  void retire() override;
  bool ready() const override { return !layers_.empty(); }
  bool retired() const override { return retired_ || gone_; }
  std::size_t guestCount() const override { return asked_.size() + running_.size(); }
  pid_t pid() const override { return zygote_.pid; }
  const std::vector<JailLayer>& jailLayers() const override { return layers_; }

 private:
  Result<void> mayAsk(std::uint64_t requestId, std::size_t configBytes) const;
  void ask(PendingRequest request);
  void flush();
  /// False when the message is not one of this protocol.
  bool take(Incoming incoming, std::vector<ZygoteEvent>& events);
  bool takeForked(Incoming incoming, std::vector<ZygoteEvent>& events);
  bool takeExited(const Incoming& incoming, std::vector<ZygoteEvent>& events);
  bool takeOrphanExited(const Incoming& incoming, std::vector<ZygoteEvent>& events);
  bool takeRefused(const Incoming& incoming, std::vector<ZygoteEvent>& events);
  static GuestExited exitOf(const ExitedBody& body);
  void end(std::vector<ZygoteEvent>& events);
  bool isTemplate() const { return !zygote_.pidfd; }

  SpawnedZygote zygote_;
  std::uint32_t forksLeft_;
  bool retired_ = false;
  bool retireUnsent_ = false;
  bool gone_ = false;
  std::string failure_;  ///< what the zygote said before it went
  std::vector<JailLayer> layers_;
  std::deque<PendingRequest> pending_;
  std::unordered_set<std::uint64_t> asked_;           ///< requests without an answer
  std::unordered_map<std::uint64_t, pid_t> running_;  ///< forked, not yet exited
};

Result<void> ZygoteClient::mayAsk(std::uint64_t requestId, std::size_t configBytes) const {
  if (retired()) return Error{ErrorCode::NotReady, "this zygote takes no more requests"};
  if (configBytes > kConfigBytesMax) {
    return Error{ErrorCode::PayloadTooLarge, "a guest's configuration is at most 64 KiB"};
  }
  if (pending_.size() >= kForksPendingMax) {
    return Error{ErrorCode::LimitExceeded, "too many sessions are being opened"};
  }
  if (running_.count(requestId) != 0 || asked_.count(requestId) != 0) {
    return Error{ErrorCode::InvalidParams, "this request id is in use"};
  }
  return {};
}

void ZygoteClient::ask(PendingRequest request) {
  asked_.insert(request.requestId);
  pending_.push_back(std::move(request));
  flush();
  if (--forksLeft_ == 0) retire();
}

Result<void> ZygoteClient::fork(ForkRequest&& request) {
  if (auto may = mayAsk(request.requestId, request.config.size()); !may) return may;
  if (!request.sessionSocket) return Error{ErrorCode::InvalidParams, "no session socket"};
  ask(pack(std::move(request)));
  return {};
}

Result<std::unique_ptr<ZygoteProcess>> ZygoteClient::makeTemplate(TemplateRequest request) {
  if (auto may = mayAsk(request.requestId, request.config.size()); !may) return may.error();
  if (!request.package || request.forksMax < 1 || request.forksMax > kForksMaxCeiling) {
    return Error{ErrorCode::InvalidParams, "a template has a package, and 1 to 1000000 forks"};
  }
  auto sockets = controlSockets();
  if (!sockets) return sockets.error();
  SpawnedZygote made;
  made.control = std::move(sockets->first);
  auto client = std::make_unique<ZygoteClient>(std::move(made), request.forksMax);
  ask(pack(std::move(request), std::move(sockets->second)));
  return std::unique_ptr<ZygoteProcess>(std::move(client));
}

void ZygoteClient::retire() {
  if (retired_ || gone_) return;
  retired_ = true;
  retireUnsent_ = true;
  flush();
}

void ZygoteClient::flush() {
  while (!pending_.empty() && !gone_) {
    const PendingRequest& next = pending_.front();
    const Sent sent =
        sendPacket(zygote_.control.get(), next.packet, next.socket.get(), next.package.get());
    if (sent == Sent::Later) return;
    if (sent == Sent::Never) break;  // the end of the socket is seen, and told, by poll()
    pending_.pop_front();
  }
  if (!retireUnsent_) return;
  const MessageHeader header = {kProtocolVersion, MessageType::Retire, sizeof header};
  const std::string_view bytes(reinterpret_cast<const char*>(&header), sizeof header);
  retireUnsent_ = sendPacket(zygote_.control.get(), bytes, -1, -1) == Sent::Later;
}

std::vector<ZygoteEvent> ZygoteClient::poll() {
  std::vector<ZygoteEvent> events;
  if (gone_) return events;
  flush();
  for (int i = 0; i < kMessagesPerPollMax; ++i) {
    Incoming incoming;
    const Received received = receivePacket(zygote_.control.get(), incoming);
    if (received == Received::Nothing) break;
    if (received == Received::Packet && take(std::move(incoming), events)) continue;
    if (received == Received::Packet) {
      failure_ = isTemplate() ? "it broke the protocol" : "the guest binary is of another version";
    }
    end(events);
    break;
  }
  return events;
}

bool ZygoteClient::take(Incoming incoming, std::vector<ZygoteEvent>& events) {
  MessageHeader header;
  if (incoming.length < sizeof header) return false;
  std::memcpy(&header, incoming.bytes.data(), sizeof header);
  if (header.version != kProtocolVersion || header.length != incoming.length) return false;
  if (!failure_.empty()) return false;  // it had its last word
  switch (header.type) {
    case MessageType::Ready: {
      ReadyBody body;
      if (ready() || !incoming.read(body)) return false;
      layers_ = layersOf(body);
      events.emplace_back(ZygoteReady{std::chrono::microseconds(body.warmMicros)});
      return true;
    }
    case MessageType::Failed:
      failure_ =
          printableText({incoming.bytes.data() + sizeof header, incoming.length - sizeof header});
      return true;
    case MessageType::Forked:
      return takeForked(std::move(incoming), events);
    case MessageType::Exited:
      return takeExited(incoming, events);
    case MessageType::Refused:
      return takeRefused(incoming, events);
    case MessageType::OrphanExited:
      return takeOrphanExited(incoming, events);
    case MessageType::Fork:
    case MessageType::MakeTemplate:
    case MessageType::Retire:
      break;
  }
  return false;
}

bool ZygoteClient::takeForked(Incoming incoming, std::vector<ZygoteEvent>& events) {
  ForkedBody body;
  if (!incoming.read(body) || !incoming.descriptor) return false;
  if (asked_.erase(body.requestId) == 0) return false;
  running_.emplace(body.requestId, body.pid);
  events.emplace_back(GuestForked{body.requestId, std::move(incoming.descriptor)});
  return true;
}

bool ZygoteClient::takeExited(const Incoming& incoming, std::vector<ZygoteEvent>& events) {
  ExitedBody body;
  if (!incoming.read(body) || running_.erase(body.requestId) == 0) return false;
  events.emplace_back(exitOf(body));
  return true;
}

bool ZygoteClient::takeOrphanExited(const Incoming& incoming, std::vector<ZygoteEvent>& events) {
  ExitedBody body;
  if (isTemplate() || !incoming.read(body)) return false;
  OrphanExited orphan;
  orphan.pid = static_cast<pid_t>(body.requestId);
  body.requestId = 0;
  orphan.exit = exitOf(body);
  events.emplace_back(std::move(orphan));
  return true;
}

GuestExited ZygoteClient::exitOf(const ExitedBody& body) {
  GuestExited exited;
  exited.requestId = body.requestId;
  exited.statusKnown = true;
  const bool signalled = WIFSIGNALED(body.waitStatus);
  exited.exitCode = signalled ? -1 : WEXITSTATUS(body.waitStatus);
  exited.signal = signalled ? WTERMSIG(body.waitStatus) : 0;
  exited.userTime = std::chrono::microseconds(body.userMicros);
  exited.systemTime = std::chrono::microseconds(body.systemMicros);
  exited.maxRssKiB = body.maxRssKiB;
  exited.baselineRssKiB = body.baselineRssKiB;
  const auto step = static_cast<std::size_t>(body.jailStep);
  if (step != 0 && step < std::size(kStepTexts)) {
    exited.jailFailure = withErrno(kStepTexts[step], body.jailErrno);
  }
  return exited;
}

bool ZygoteClient::takeRefused(const Incoming& incoming, std::vector<ZygoteEvent>& events) {
  RefusedBody body;
  const auto known = [&body] {
    return static_cast<std::size_t>(body.reason) < std::size(kRefusalTexts);
  };
  if (!incoming.read(body) || !known() || asked_.erase(body.requestId) == 0) return false;
  const bool nowRetired = body.reason == Refusal::Retired;
  retired_ = retired_ || nowRetired;
  events.emplace_back(
      ForkRefused{body.requestId, nowRetired,
                  withErrno(kRefusalTexts[static_cast<std::size_t>(body.reason)], body.error)});
  return true;
}

void ZygoteClient::end(std::vector<ZygoteEvent>& events) {
  gone_ = true;
  const bool orderly = retired_ && asked_.empty() && running_.empty() && failure_.empty();
  for (const std::uint64_t id : asked_) {
    events.emplace_back(ForkRefused{id, true, "the zygote has ended"});
  }
  for (const auto& [id, pid] : running_) {
    if (isTemplate()) {
      events.emplace_back(GuestOrphaned{id, pid});
    } else {
      GuestExited lost;
      lost.requestId = id;
      events.emplace_back(std::move(lost));
    }
  }
  asked_.clear();
  running_.clear();
  pending_.clear();
  const char* died = isTemplate() ? "the template died" : "the zygote died";
  std::string why;
  if (!orderly) why = failure_.empty() ? died : failure_;
  events.emplace_back(ZygoteGone{std::move(why)});
}

}  // namespace

Result<std::unique_ptr<ZygoteProcess>> ZygoteProcess::start(const ZygoteLaunch& launch) {
  if (launch.forksMax < 1 || launch.forksMax > kForksMaxCeiling) {
    return Error{ErrorCode::InvalidParams, "forks per zygote are 1 to 1000000"};
  }
  auto spawned = spawnZygote(launch);
  if (!spawned) return spawned.error();
  return std::unique_ptr<ZygoteProcess>(
      std::make_unique<ZygoteClient>(std::move(spawned).value(), launch.forksMax));
}

}  // namespace kiosk::jail
