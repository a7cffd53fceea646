#include "bridge/acquirer/inquiry.h"

#include <utility>

namespace kiosk::bridge {
namespace {

constexpr const char* kCancelBody = R"({"cancel":true})";

}  // namespace

void Inquiry::create(AcquirerTransport& transport, std::string path, std::string body, Read read,
                     Done done) {
  // Owners: the callbacks of the requests that are open.
  const std::shared_ptr<Inquiry> inquiry(
      new Inquiry(transport, std::move(path), std::move(read), std::move(done)));
  inquiry->send("PUT", std::move(body), [inquiry](BankReading reading) {
    inquiry->weigh(std::move(reading), IfAbsent::Unclear);
  });
}

void Inquiry::lookup(AcquirerTransport& transport, std::string path, Read read, Done done) {
  const std::shared_ptr<Inquiry> inquiry(
      new Inquiry(transport, std::move(path), std::move(read), std::move(done)));
  inquiry->send("GET", {}, [inquiry](BankReading reading) {
    inquiry->weigh(std::move(reading), IfAbsent::Cancel);
  });
}

void Inquiry::send(const char* method, std::string body, Done next) {
  transport_.request({method, path_, std::move(body)},
                     [self = shared_from_this(), next = std::move(next)](
                         const Result<AcquirerReply>& reply) { next(self->read_(reply)); });
}

void Inquiry::weigh(BankReading reading, IfAbsent ifAbsent) {
  switch (reading.verdict) {
    case BankVerdict::Open:
    case BankVerdict::Unclear:
      return done_(std::move(reading));
    case BankVerdict::Absent:
      if (ifAbsent == IfAbsent::Unclear) {
        return done_({BankVerdict::Unclear, {}, "the bank does not know what it was told"});
      }
      return send("PUT", kCancelBody, [self = shared_from_this()](BankReading cancelled) {
        self->weigh(std::move(cancelled), IfAbsent::Unclear);
      });
    case BankVerdict::Carried:
    case BankVerdict::Refused:
    case BankVerdict::RefusedFunds:
      return askAgain(std::move(reading));
  }
}

void Inquiry::askAgain(BankReading first) {
  send("GET", {}, [self = shared_from_this(), first = std::move(first)](BankReading again) {
    if (again.verdict == first.verdict) return self->done_(first);
    self->done_({BankVerdict::Unclear, {}, "two answers of the bank contradict each other"});
  });
}

}  // namespace kiosk::bridge
