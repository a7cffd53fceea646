#pragma once
// Which handler a request belongs to, by the parts of its path. Not the patterns of the HTTP
// library: those are std::regex.

#include <httplib.h>
#include <kiosk/ids.h>

#include <functional>
#include <string>
#include <vector>

#include "guard.h"
#include "json.h"

namespace web_host {

/// A request that the guard let through.
struct Ask {
  const httplib::Request& http;
  Login login;                     ///< empty for what needs none
  std::vector<std::string> parts;  ///< what stood where the pattern has "*"; "**" is the rest
  Json body;                       ///< an object
};

using Handler = std::function<void(const Ask& ask, httplib::Response& response)>;

/// Fixed before the first request. Threads: any, from then on.
class Router {
 public:
  /// `pattern` is like "/api/sessions/*/act"; "**" at its end is everything below.
  void on(const std::string& method, const std::string& pattern, Handler handler);
  /// False: nothing is there.
  bool handle(const httplib::Request& request, Login login, httplib::Response& response) const;

 private:
  struct Route {
    std::string method;
    std::vector<std::string> parts;
    Handler handler;
  };
  std::vector<Route> routes_;
};

}  // namespace web_host
