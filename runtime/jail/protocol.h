#pragma once
// The control socket between host and zygote: SOCK_SEQPACKET, one message a packet, host byte order
// (both ends are one build on one machine). Every message begins with MessageHeader. A template
// speaks the same on a socket of its own; it takes no MakeTemplate and no package.
//
//   host → zygote
//     Fork          header | ForkBody | config bytes       + session socket, package's memfd
//     MakeTemplate  header | TemplateBody | config bytes   + its control socket, package's memfd
//     Retire        header
//   zygote → host
//     Ready         header | ReadyBody                     once, first
//     Failed        header | UTF-8, at most 512 bytes      once, instead of Ready; then it closes
//     Forked        header | ForkedBody                    + pidfd of the guest, or of the template
//     Exited        header | ExitedBody                    after Forked of the same request
//     Refused       header | RefusedBody                   instead of Forked
//     OrphanExited  header | ExitedBody, with the pid      a guest whose template went before it
//                   instead of the request
//
//   MessageHeader   0 version u16 | 2 type u16 | 4 length u32 (whole message, with this header)
//   ForkBody        0 requestId u64 | 8 memoryBytesMax u64 | 16 cpuSecondsMax u64 |
//                   24 configBytes u32 | 28 flags u32 (bit 0: a package comes along)
//   TemplateBody    0 requestId u64 | 8 memoryBytesMax u64 | 16 cpuSecondsMax u64 |
//                   24 configBytes u32 | 28 forksMax u32
//   ReadyBody       0 activeLayers u32 (bit n: layer n) | 4 warmMicros u32 | 8 notes u16[16]
//                   (per layer: 0, the errno that hindered it, or kNoteNotNeeded)
//   ForkedBody      0 requestId u64 | 8 pid i32 (the zygote's namespace) | 12 forkMicros u32
//   ExitedBody      0 requestId u64 | 8 waitStatus i32 | 12 jailStep u16 | 14 jailErrno u16 |
//                   16 userMicros u64 | 24 systemMicros u64 |
//                   32 maxRssKiB u64 | 40 baselineRssKiB u64
//   RefusedBody     0 requestId u64 | 8 reason u16 | 10 errno u16 | 12 zero u32

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace kiosk::jail {

inline constexpr std::uint16_t kProtocolVersion = 2;
/// The control socket's number in the zygote.
inline constexpr int kControlSocket = 3;
/// Longest configuration of a guest.
inline constexpr std::size_t kForkConfigBytesMax = 64 * 1024;
inline constexpr std::size_t kFailedTextBytesMax = 512;

// X(enumerator, name, required, what it holds). At most 16; the order is the wire's.
#define KIOSK_JAIL_LAYERS(X)                                                                      \
  X(Seccomp, "seccomp", true, "any system call outside the allow-list kills the guest")           \
  X(NoNewPrivileges, "no-new-privileges", true, "no program can give privileges back")            \
  X(ResourceLimits, "rlimits", true, "memory, descriptors, files and processes are bounded")      \
  X(Unprivileged, "unprivileged", false, "an ordinary user id, no capability")                    \
  X(NotDumpable, "not-dumpable", false, "no core file, no tracing by processes of the same user") \
  X(UserNamespace, "user-namespace", false, "one user id, and only inside")                       \
  X(PidNamespace, "pid-namespace", false, "no process outside is visible")                        \
  X(EmptyRoot, "empty-root", false, "the file system is one empty read-only directory")           \
  X(NetworkNamespace, "network-namespace", false, "no network interface")                         \
  X(IpcNamespace, "ipc-namespace", false, "no shared System V or POSIX queues")                   \
  X(UtsNamespace, "uts-namespace", false, "a host name of its own")                               \
  X(CgroupNamespace, "cgroup-namespace", false, "the machine's control groups are not visible")   \
  X(Landlock, "landlock", false, "every access to files, TCP and outside sockets is refused")     \
  X(Speculation, "speculation-control", false,                                                    \
    "indirect branches are not steered across processes")                                         \
  X(NoExecGain, "no-exec-gain", false, "memory once writable never becomes executable")

enum class Layer : std::uint16_t {
#define KIOSK_X(name, text, required, holds) name,
  KIOSK_JAIL_LAYERS(KIOSK_X)
#undef KIOSK_X
      Count
};
inline constexpr std::size_t kLayerCount = static_cast<std::size_t>(Layer::Count);
inline constexpr std::size_t kLayerNotes = 16;
static_assert(kLayerCount <= kLayerNotes);

/// A layer that another one makes needless, or that does not belong to this tier.
inline constexpr std::uint16_t kNoteNotNeeded = 0xFFFF;

// X(enumerator, for people). What a guest does between fork and its first own instruction.
#define KIOSK_JAIL_STEPS(X)                    \
  X(None, "no step")                           \
  X(Package, "mapping the package")            \
  X(Prepare, "preparing the engine")           \
  X(Descriptors, "closing descriptors")        \
  X(ResourceLimits, "setting resource limits") \
  X(Filter, "installing the system call filter")

enum class JailStep : std::uint16_t {
#define KIOSK_X(name, text) name,
  KIOSK_JAIL_STEPS(KIOSK_X)
#undef KIOSK_X
};

/// Ends a guest whose filter could not be installed: its descriptors are closed by then, and no
/// guest can raise this signal itself.
inline constexpr int kFilterFailedSignal = SIGSTKFLT;

// X(enumerator, for people)
#define KIOSK_REFUSALS(X)                                                     \
  X(Retired, "the zygote has retired")                                        \
  X(JailIncomplete, "a required layer of the jail is missing")                \
  X(BadRequest, "the request carried no session socket")                      \
  X(PackageNotSealed, "the package is not a memfd sealed against any change") \
  X(ForkFailed, "the kernel gave no process")                                 \
  X(Busy, "too many descriptors of this user are on their way")

enum class Refusal : std::uint16_t {
#define KIOSK_X(name, text) name,
  KIOSK_REFUSALS(KIOSK_X)
#undef KIOSK_X
};

enum class MessageType : std::uint16_t {
  Fork,
  MakeTemplate,
  Retire,
  Ready,
  Failed,
  Forked,
  Exited,
  Refused,
  OrphanExited,
};

struct MessageHeader {
  std::uint16_t version = kProtocolVersion;
  MessageType type = MessageType::Fork;
  std::uint32_t length = 0;
};

inline constexpr std::uint32_t kForkHasPackage = 1;

struct ForkBody {
  std::uint64_t requestId = 0;
  std::uint64_t memoryBytesMax = 0;
  std::uint64_t cpuSecondsMax = 0;
  std::uint32_t configBytes = 0;
  std::uint32_t flags = 0;
};

struct TemplateBody {
  std::uint64_t requestId = 0;
  std::uint64_t memoryBytesMax = 0;
  std::uint64_t cpuSecondsMax = 0;
  std::uint32_t configBytes = 0;
  std::uint32_t forksMax = 0;
};

struct ReadyBody {
  std::uint32_t activeLayers = 0;
  std::uint32_t warmMicros = 0;
  std::uint16_t notes[kLayerNotes] = {};
};

struct ForkedBody {
  std::uint64_t requestId = 0;
  std::int32_t pid = 0;
  std::uint32_t forkMicros = 0;
};

struct ExitedBody {
  std::uint64_t requestId = 0;
  std::int32_t waitStatus = 0;
  JailStep jailStep = JailStep::None;
  std::uint16_t jailErrno = 0;
  std::uint64_t userMicros = 0;
  std::uint64_t systemMicros = 0;
  std::uint64_t maxRssKiB = 0;
  std::uint64_t baselineRssKiB = 0;
};

struct RefusedBody {
  std::uint64_t requestId = 0;
  Refusal reason = Refusal::BadRequest;
  std::uint16_t error = 0;
  std::uint32_t zero = 0;
};

/// A message of fixed length, as it lies in the packet.
template <class Body>
struct Message {
  MessageHeader header;
  Body body;
};

static_assert(sizeof(MessageHeader) == 8);
static_assert(sizeof(ForkBody) == 32 && sizeof(Message<ForkBody>) == 40);
static_assert(sizeof(TemplateBody) == 32 && sizeof(Message<TemplateBody>) == 40);
static_assert(sizeof(ReadyBody) == 40 && sizeof(Message<ReadyBody>) == 48);
static_assert(sizeof(ForkedBody) == 16 && sizeof(Message<ForkedBody>) == 24);
static_assert(sizeof(ExitedBody) == 48 && sizeof(Message<ExitedBody>) == 56);
static_assert(sizeof(RefusedBody) == 16 && sizeof(Message<RefusedBody>) == 24);
static_assert(std::is_trivially_copyable_v<Message<ExitedBody>>);

/// Longest packet in either direction.
inline constexpr std::size_t kPacketBytesMax = sizeof(Message<ForkBody>) + kForkConfigBytesMax;

template <class Body>
Message<Body> makeMessage(MessageType type, const Body& body) {
  return {{kProtocolVersion, type, sizeof(Message<Body>)}, body};
}

constexpr std::uint32_t layerBit(Layer layer) {
  return std::uint32_t{1} << static_cast<unsigned>(layer);
}

}  // namespace kiosk::jail
