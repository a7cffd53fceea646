#pragma once
// A wallet over a bank: charges and refunds by a one-step account-to-account system, such as SBP,
// that speaks the protocol of docs/acquirer.md. The money is the bank's affair; what is kept here
// is one promise: a charge is called declined only when the bank has said so for sure.
//
//   kiosk::bridge::AcquirerOptions options;
//   options.baseUrl   = "https://bank.example";
//   options.tokenFile = "/etc/my-app/bank.token";             // mode 0600
//   auto bank         = kiosk::bridge::makeAcquirer(std::move(options));
//   config.wallet     = bank->get();                          // ServicesConfig
//   …                                                         // Services::create, Host::create
//   (*bank)->attached(*host);                                 // before the first charge
//   …
//   (*bank)->detached();                                      // before the host goes

#include <kiosk/bridge/payments_provider.h>
#include <kiosk/clock.h>
#include <kiosk/executor.h>
#include <kiosk/result.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace kiosk::bridge {

/// What is asked of the bank.
struct AcquirerRequest {
  std::string method;  ///< "GET" or "PUT"
  std::string path;    ///< visible ASCII, e.g. /v1/operations/0123456789abcdef
  std::string body;    ///< JSON; empty for GET
};

/// What the bank answered, as it came.
struct AcquirerReply {
  int status = 0;    ///< HTTP's
  std::string body;  ///< at most kAcquirerBodyBytesMax bytes of anything
};

/// The longest answer that is read, in bytes; a longer one counts as none.
inline constexpr std::size_t kAcquirerBodyBytesMax = std::size_t{64} << 10;

/// How requests reach the bank. Threads: the loop's own.
class AcquirerTransport {
 public:
  using Done = std::function<void(Result<AcquirerReply>)>;

  virtual ~AcquirerTransport() = default;
  /// Sends `request` at most once and calls `done` once, now or later; never after the destructor
  /// has begun. An error says nothing of whether the bank got the request.
  /// Errors: NotReady       there is no loop yet, or none any more
  ///         Busy           too many requests wait
  ///         Timeout        no answer within the time
  ///         NetworkError   no connection, a broken one, or an answer that is too long
  virtual void request(AcquirerRequest request, Done done) = 0;
  /// As Acquirer's.
  virtual void attached(Executor& loop) { (void)loop; }
  virtual void detached() {}
};

struct AcquirerOptions {
  /// https://HOST[:PORT], at most 256 bytes. http is for 127.0.0.1, [::1] and localhost only: the
  /// token would be read on the way.
  std::string baseUrl;
  /// Holds the bearer token on one line, 16 to 4096 bytes; readable by its owner alone. Empty: no
  /// token is sent. It is read once and never logged.
  std::string tokenFile;
  /// PEM of the authorities that the bank's certificate is checked against; empty: the system's.
  std::string caFile;
  /// How long a user may take to pay by a link; 1 minute to 30 days.
  std::chrono::minutes linkValidity{std::chrono::hours(72)};
  /// Ways of paying, as Wallet::methods.
  std::vector<std::string> methods = {"sbp"};
  /// Whether the bank charges that account without asking the user again, as Wallet::canRecur.
  bool recurring = false;
  /// The account at the bank that a user pays from, 1 to 64 of A-Za-z0-9._-; empty function: the
  /// user's id, which the bank then learns.
  std::function<std::string(const UserId&)> payerOf = nullptr;
  /// To reach the bank; to wait for its next byte; for a request with all its waiting. 1 ms to
  /// 2 minutes each.
  std::chrono::milliseconds connectTimeMax{5'000};
  std::chrono::milliseconds readTimeMax{10'000};
  std::chrono::milliseconds requestTimeMax{20'000};
  /// Requests at once, each on a thread of its own; 1 to 16.
  int workers = 2;
  /// For deadlines. Borrowed; null: the system's.
  Clock* clock = nullptr;
};

/// The wallet, and the loop that its answers come on. Threads: the loop's own.
class Acquirer : public Wallet {
 public:
  /// Called once before the first charge; what is asked earlier is answered with Unknown. `loop` is
  /// borrowed until `detached`; a kiosk::Host is one.
  virtual void attached(Executor& loop) = 0;
  /// Gives the loop back: what is open then is never answered. Waits for a connection that is just
  /// being made, so at most connectTimeMax and a name look-up. The destructor does the same.
  virtual void detached() = 0;
};

/// A wallet that speaks HTTP to the bank.
/// Errors: InvalidParams   an option is out of its range; the message says which
///         PolicyRefused   plain http to another machine, or a token that others may read
///         NotFound        there is no such token file
Result<std::unique_ptr<Acquirer>> makeAcquirer(AcquirerOptions options);

/// The same over a transport of the caller's; baseUrl, tokenFile, caFile, times and workers do not
/// count then.
/// Errors: InvalidParams   an option is out of its range.
Result<std::unique_ptr<Acquirer>> makeAcquirer(AcquirerOptions options,
                                               std::unique_ptr<AcquirerTransport> transport);

}  // namespace kiosk::bridge
