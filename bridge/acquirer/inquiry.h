#pragma once
// One question to the bank with all its requests, until the answer may be relied upon.
//
//   PUT create ─┐                    ┌─ Open, Unclear ───────────────► that
//               ├─► first answer ────┤
//   GET ────────┘        ▲           ├─ Carried, Refused ─► GET again ─► the same: that; else
//   Unclear
//        │               │           └─ Absent after PUT ────────────► Unclear
//        └─ Absent ─► PUT cancel
//
// A create may still be on its way when the bank does not know its id, so "absent" settles nothing.
// The cancel makes the bank keep the id as refused, and a create that comes later is refused too.
// What is final is asked twice: a bank whose replicas disagree, or that answers wrongly once, is
// caught by its second answer.

#include <kiosk/bridge/acquirer.h>

#include <functional>
#include <memory>
#include <string>

#include "bridge/acquirer/bank_answer.h"

namespace kiosk::bridge {

/// At most 4 requests, one after another. Owned by the callbacks that it gives to the transport.
/// Threads: the loop's own.
class Inquiry : public std::enable_shared_from_this<Inquiry> {
 public:
  using Read = std::function<BankReading(const Result<AcquirerReply>&)>;
  using Done = std::function<void(BankReading)>;

  /// Sends `body` by PUT to `path` and calls `done` once. `transport` is borrowed until then.
  static void create(AcquirerTransport& transport, std::string path, std::string body, Read read,
                     Done done);
  /// Reads `path`, and cancels what is not there.
  static void lookup(AcquirerTransport& transport, std::string path, Read read, Done done);

 private:
  enum class IfAbsent : std::uint8_t { Cancel, Unclear };

  Inquiry(AcquirerTransport& transport, std::string path, Read read, Done done)
      : transport_(transport),
        path_(std::move(path)),
        read_(std::move(read)),
        done_(std::move(done)) {}
  void send(const char* method, std::string body, Done next);
  void weigh(BankReading reading, IfAbsent ifAbsent);
  void askAgain(BankReading first);

  AcquirerTransport& transport_;
  const std::string path_;
  const Read read_;
  const Done done_;
};

}  // namespace kiosk::bridge
