#pragma once
// The one loop of a zygote, and of a template: requests from the host in, forks and exits out.

#include <sys/resource.h>
#include <sys/types.h>

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/fd.h"
#include "runtime/jail/guest_child.h"
#include "runtime/jail/layer_report.h"
#include "runtime/jail/protocol.h"
#include "runtime/jail/template_child.h"

namespace kiosk::jail {

/// Sends `text` as the Failed message and to standard error.
void reportFailure(std::string_view text);

class ZygoteServer {
 public:
  /// `heritage.recordPipe` is set by the server itself.
  ZygoteServer(const ZygoteOptions& options, GuestHeritage heritage, const LayerReport& layers);

  /// Makes what the loop needs. False with errno when descriptors cannot be had.
  bool prepare();

  /// A template knows its floor only when it has its package.
  void setFloor(const MemoryFloor& floor) { heritage_.floor = floor; }

  /// Tells the host that all is ready, and serves until there is nothing left to do.
  void serve(std::uint32_t warmMicros);

 private:
  struct Guest {
    pid_t pid = 0;
    std::uint64_t requestId = 0;
    GuestRecord record;
  };
  struct Packet {
    std::size_t length = 0;
    std::array<Fd, 2> descriptors;
  };
  enum class Received { Packet, Nothing, HostGone };
  /// A message that waits to be sent, with its descriptor.
  struct Unsent {
    std::string packet;
    Fd descriptor;
  };

  /// Sends a message, or keeps it, in order, until the kernel takes it.
  template <class Body>
  void tell(MessageType type, const Body& body, Fd descriptor = {});
  void sendUnsent();
  Received receive(Packet& packet);
  /// False when the host broke the protocol: it is another build.
  bool handle(Packet& packet);
  bool handleFork(Packet& packet);
  bool handleMakeTemplate(Packet& packet);
  /// Reads a message of `Body` and configBytes more; false when the packet is not one.
  template <class Body>
  bool readRequest(const Packet& packet, Body& body, std::string_view& config) const;
  /// Why no process is made for a request, apart from its descriptors.
  std::optional<Refusal> refusal() const;
  void forkGuest(const GuestStart& start, Packet& packet);
  void forkTemplate(const TemplateStart& start, Packet& packet);
  void noteForked(std::uint64_t requestId, pid_t pid, Fd pidfd, std::uint64_t beganMicros);
  void reap();
  void readRecords();
  void reportExit(MessageType type, const Guest& guest, int status, const rusage& usage);
  void refuse(std::uint64_t requestId, Refusal reason, int error);
  void killAll();
  /// What is left to do: requests to come, guests, guests of templates that are gone, and words
  /// that the host has not got.
  bool hasWork() const {
    return !retired() || !guests_.empty() || orphansMayBe_ || !unsent_.empty();
  }
  bool retired() const { return toldToRetire_ || forks_ >= options_.forksMax; }

  const ZygoteOptions& options_;
  GuestHeritage heritage_;
  const LayerReport& layers_;
  Fd childSignals_;
  Fd recordsIn_;
  Fd recordsOut_;
  std::vector<Guest> guests_;
  std::deque<Unsent> unsent_;
  std::uint32_t forks_ = 0;
  bool toldToRetire_ = false;
  bool orphansMayBe_ = false;
  alignas(8) std::array<char, kPacketBytesMax> buffer_;
};

}  // namespace kiosk::jail
