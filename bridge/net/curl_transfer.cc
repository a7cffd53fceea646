#include "bridge/net/curl_transfer.h"

#include <sys/socket.h>

#include "bridge/net/curl_network.h"
#include "bridge/net/public_address.h"
#include "runtime/base/guard.h"

namespace kiosk::bridge {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

bool startCurl() {
  static const bool started = ::curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return started;
}

CurlTransfer::CurlTransfer(NetworkRequest request, std::uint64_t exchange,
                           const std::vector<std::string>& hosts)
    : exchange_(exchange),
      request_(std::move(request)),
      easy_(startCurl() ? ::curl_easy_init() : nullptr) {
  if (easy_ == nullptr) return;
  setRequest();
  setRules(hosts);
}

void CurlTransfer::append(List& list, const std::string& text) {
  if (auto* longer = ::curl_slist_append(list.get(), text.c_str())) {
    (void)list.release();
    list.reset(longer);
  }
}

void CurlTransfer::setRequest() {
  CURL* easy = easy_.get();
  ::curl_easy_setopt(easy, CURLOPT_URL, request_.url.c_str());
  if (request_.method == "HEAD") {
    ::curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
  } else if (request_.method != "GET") {
    const bool hasBody = !request_.body.empty() || request_.method == "POST" ||
                         request_.method == "PUT" || request_.method == "PATCH";
    if (hasBody) {
      ::curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                         static_cast<curl_off_t>(request_.body.size()));
      ::curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request_.body.data());
    }
    ::curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  }
  bool hasType = false;
  for (const auto& [name, value] : request_.headers) {
    // A name with ';' in place of ':' is libcurl's way to an empty value.
    append(headers_, value.empty() ? name + ";" : name + ": " + value);
    if (::curl_strequal(name.c_str(), "content-type") != 0) hasType = true;
  }
  append(headers_, "Expect:");
  if (!hasType) append(headers_, "Content-Type:");
  ::curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers_.get());
}

void CurlTransfer::setRules(const std::vector<std::string>& hosts) {
  CURL* easy = easy_.get();
  ::curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  ::curl_easy_setopt(easy, CURLOPT_PROXY, "");
  ::curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  ::curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  ::curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  ::curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  ::curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
  ::curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
  ::curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
  ::curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  ::curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request_.timeMax.count()));
  ::curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, kNetConnectMsMax);
  ::curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &CurlTransfer::onHead);
  ::curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  ::curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &CurlTransfer::onBody);
  ::curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  ::curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &CurlTransfer::onSocket);
  ::curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
  ::curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
  for (const std::string& host : hosts) append(hosts_, host);
  ::curl_easy_setopt(easy, CURLOPT_RESOLVE, hosts_.get());
}

curl_socket_t CurlTransfer::onSocket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<CurlTransfer*>(self);
  const bool isReached = isReachable(address->addr, transfer.request_.reach);
  if (!KIOSK_GUARD("net.address", isReached)) {
    transfer.addressForbidden_ = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t CurlTransfer::onHead(char* data, std::size_t size, std::size_t count, void* self) {
  return static_cast<CurlTransfer*>(self)->takeHeadLine({data, size * count});
}

/// Anything but the line's size ends the transfer.
std::size_t CurlTransfer::takeHeadLine(std::string_view line) {
  headBytes_ += line.size();
  if (headBytes_ > kNetHeadBytesMax) return 0;
  if (line.starts_with("HTTP/")) {
    response_.headers.clear();  // of an answer before the answer, such as 103
    return line.size();
  }
  const auto colon = line.find(':');
  if (colon != line.npos) {
    response_.headers.push_back(
        {std::string(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))});
  }
  return line.size();
}

std::size_t CurlTransfer::onBody(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<CurlTransfer*>(self);
  const std::size_t bytes = size * count;
  if (bytes > transfer.request_.bodyBytesMax - transfer.response_.body.size()) {
    transfer.bodyTooLong_ = true;
    return 0;
  }
  transfer.response_.body.append(data, bytes);
  return bytes;
}

Result<NetworkResponse> CurlTransfer::perform() {
  return outcome(easy_ == nullptr ? CURLE_FAILED_INIT : ::curl_easy_perform(easy_.get()));
}

Result<NetworkResponse> CurlTransfer::outcome(CURLcode code) {
  if (code == CURLE_OK) {
    long status = 0;
    ::curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    response_.status = static_cast<int>(status);
    return std::move(response_);
  }
  if (addressForbidden_) {
    return Error{ErrorCode::AddressForbidden, "the server's name leads to an address inside"};
  }
  if (bodyTooLong_) {
    return Error{ErrorCode::PayloadTooLarge,
                 "the answer is longer than " + std::to_string(request_.bodyBytesMax) + " bytes"};
  }
  if (code == CURLE_OPERATION_TIMEDOUT) return Error{ErrorCode::Timeout, "no answer in time"};
  return Error{ErrorCode::NetworkError, std::string("no answer: ") + ::curl_easy_strerror(code)};
}

}  // namespace kiosk::bridge
