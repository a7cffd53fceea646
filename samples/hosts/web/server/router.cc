#include "router.h"

#include <optional>
#include <utility>

#include "answer.h"

namespace web_host {
namespace {

std::vector<std::string> split(const std::string& path) {
  std::vector<std::string> parts;
  for (std::size_t at = 1; at <= path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    parts.push_back(path.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

/// What stands where `pattern` has stars; none when `parts` are not of that form.
std::optional<std::vector<std::string>> match(const std::vector<std::string>& pattern,
                                              const std::vector<std::string>& parts) {
  std::vector<std::string> stars;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == "**") {
      std::string rest;
      for (std::size_t j = i; j < parts.size(); ++j) rest += (j > i ? "/" : "") + parts[j];
      if (rest.empty()) return std::nullopt;
      stars.push_back(std::move(rest));
      return stars;
    }
    if (i >= parts.size()) return std::nullopt;
    if (pattern[i] == "*") {
      stars.push_back(parts[i]);
    } else if (pattern[i] != parts[i]) {
      return std::nullopt;
    }
  }
  if (parts.size() != pattern.size()) return std::nullopt;
  return stars;
}

}  // namespace

void Router::on(const std::string& method, const std::string& pattern, Handler handler) {
  routes_.push_back({method, split(pattern), std::move(handler)});
}

bool Router::handle(const httplib::Request& request, Login login,
                    httplib::Response& response) const {
  const auto parts = split(request.path);
  for (const auto& route : routes_) {
    if (route.method != request.method) continue;
    auto stars = match(route.parts, parts);
    if (!stars) continue;
    auto body = parseBody(request.body);
    if (!body) {
      answerRefusal(response, {400, "invalid_params", "The body is not a JSON object."});
      return true;
    }
    route.handler({request, std::move(login), *std::move(stars), *std::move(body)}, response);
    return true;
  }
  return false;
}

}  // namespace web_host
