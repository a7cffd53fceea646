#pragma once
// What every request must pass before any handler sees it. The only place where that is decided.
//
//   host      the Host header names this server on loopback, once (DNS rebinding)
//   method    GET, POST or DELETE
//   origin    a page of another origin may follow a link to "/", and nothing else
//   log-in    everything but the page itself and the log-in belongs to a user
//   csrf      whatever changes something comes from a page of this origin that read the user's
//             own token; the log-in has no token yet, and must come from this origin
//   type      a body is JSON, so that no form of another site can be one

#include <httplib.h>

#include <optional>
#include <string>
#include <vector>

#include "logins.h"

namespace web_host {

struct Refusal {
  int status;
  std::string code;     ///< one of kiosk's error names, or this server's own
  std::string message;  ///< a sentence for people
};

/// Threads: any.
class Guard {
 public:
  /// `logins` is borrowed.
  explicit Guard(const Logins& logins) : logins_(logins) {}
  /// Which port this server has: known once it is bound, before the first request.
  void listensOn(int port);

  /// None: the request may go to its handler.
  std::optional<Refusal> check(const httplib::Request& request) const;

  /// Whose request it is; none without a log-in.
  std::optional<Login> loginOf(const httplib::Request& request) const;
  /// The log-in's cookie; empty when there is none, or more than one.
  static std::string cookieOf(const httplib::Request& request);

 private:
  bool isOwnHost(const httplib::Request& request) const;
  bool isOwnOrigin(const httplib::Request& request) const;

  const Logins& logins_;
  std::vector<std::string> hosts_;
};

}  // namespace web_host
