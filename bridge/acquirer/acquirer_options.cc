#include "bridge/acquirer/acquirer_options.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "runtime/base/fd.h"

namespace kiosk::bridge {
namespace {

constexpr std::size_t kUrlBytesMax = 256;
constexpr std::size_t kTokenBytesMin = 16, kTokenBytesMax = 4096;
constexpr int kWorkersMax = 16;
constexpr std::size_t kMethodsMax = 3;
constexpr auto kLinkValidityMin = std::chrono::minutes(1);
constexpr auto kLinkValidityMax = std::chrono::hours(24 * 30);
constexpr auto kHttpTimeMin = std::chrono::milliseconds(1);
constexpr auto kHttpTimeMax = std::chrono::minutes(2);
constexpr int kPortMax = 65'535;

Error badOption(std::string message) {
  return {ErrorCode::InvalidParams, "acquirer: " + std::move(message)};
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isPort(std::string_view text) {
  if (text.empty() || text.size() > 5 || !std::all_of(text.begin(), text.end(), isDigit)) {
    return false;
  }
  const int port = std::stoi(std::string(text));
  return port >= 1 && port <= kPortMax;
}

bool isHostName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '.' || c == '-';
  });
}

bool isTokenChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) ||
         std::string_view("._~+/=-").find(c) != std::string_view::npos;
}

}  // namespace

Result<std::string> checkBaseUrl(const AcquirerOptions& options) {
  std::string url = options.baseUrl;
  if (url.ends_with('/')) url.pop_back();
  const auto bad = badOption("baseUrl is to be https://HOST or https://HOST:PORT");
  if (url.size() > kUrlBytesMax) return bad;
  const bool isPlain = url.starts_with("http://");
  if (!isPlain && !url.starts_with("https://")) return bad;
  std::string_view rest = std::string_view(url).substr(isPlain ? 7 : 8);
  const bool isV6 = rest.starts_with("[::1]");
  const std::string_view host = isV6 ? rest.substr(0, 5) : rest.substr(0, rest.find(':'));
  rest.remove_prefix(host.size());
  if (!isV6 && !isHostName(host)) return bad;
  if (!rest.empty() && (rest[0] != ':' || !isPort(rest.substr(1)))) return bad;
  if (isPlain && !isV6 && host != "127.0.0.1" && host != "localhost") {
    return Error{ErrorCode::PolicyRefused,
                 "acquirer: baseUrl has http, and the token would be read on the way: write https"};
  }
  return url;
}

Result<void> checkOptions(const AcquirerOptions& options) {
  if (options.linkValidity < kLinkValidityMin || options.linkValidity > kLinkValidityMax) {
    return badOption("linkValidity is to be 1 minute to 30 days");
  }
  if (options.methods.empty() || options.methods.size() > kMethodsMax) {
    return badOption("methods is to name one to three of wallet, sbp and card");
  }
  for (const auto& method : options.methods) {
    if (method != "wallet" && method != "sbp" && method != "card") {
      return badOption("methods may name wallet, sbp and card only");
    }
  }
  return {};
}

Result<void> checkHttpOptions(const AcquirerOptions& options) {
  for (const auto time : {options.connectTimeMax, options.readTimeMax, options.requestTimeMax}) {
    if (time < kHttpTimeMin || time > kHttpTimeMax) {
      return badOption(
          "connectTimeMax, readTimeMax and requestTimeMax are to be 1 ms to 2 minutes");
    }
  }
  if (options.workers < 1 || options.workers > kWorkersMax) {
    return badOption("workers is to be 1 to 16");
  }
  return {};
}

Result<std::string> readTokenFile(const std::string& path) {
  const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) return Error{ErrorCode::NotFound, "acquirer: cannot open the token file " + path};
  struct stat facts {};
  // The file that is open is looked at, not its name: that may be another by then.
  if (::fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode)) {
    return Error{ErrorCode::PolicyRefused, "acquirer: " + path + " is not a plain file"};
  }
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Error{ErrorCode::PolicyRefused, "acquirer: others may read the token in " + path +
                                               ": say chmod 600, and have the bank give a new one"};
  }
  std::string token(kTokenBytesMax + 2, '\0');
  ssize_t got = 0;
  do {
    got = ::read(file.get(), token.data(), token.size());
  } while (got < 0 && errno == EINTR);
  token.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  while (token.ends_with('\n') || token.ends_with('\r')) token.pop_back();
  if (token.size() < kTokenBytesMin || token.size() > kTokenBytesMax ||
      !std::all_of(token.begin(), token.end(), isTokenChar)) {
    return badOption(path + " is to hold the bank's token on one line, 16 to 4096 bytes");
  }
  return token;
}

}  // namespace kiosk::bridge
