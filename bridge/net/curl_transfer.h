#pragma once
// One exchange as libcurl carries it out: its options, and what came in so far.

#include <curl/curl.h>
#include <kiosk/bridge/network_provider.h>

#include <memory>
#include <string>
#include <vector>

namespace kiosk::bridge {

/// Starts libcurl, once for the process; never taken down, since others may use it too. False when
/// it cannot be. Threads: any.
bool startCurl();

/// Threads: the worker's own.
class CurlTransfer {
 public:
  /// `exchange` is the owner's name for it; `hosts` as in CurlNetworkOptions.
  CurlTransfer(NetworkRequest request, std::uint64_t exchange,
               const std::vector<std::string>& hosts);
  CurlTransfer(const CurlTransfer&) = delete;
  CurlTransfer& operator=(const CurlTransfer&) = delete;

  std::uint64_t exchange() const { return exchange_; }
  /// Null when libcurl has no memory. Owned by the transfer.
  CURL* handle() const { return easy_.get(); }
  /// The whole exchange, waited for; instead of giving `handle` to a multi interface.
  Result<NetworkResponse> perform();
  /// What became of it, once libcurl is done with `code`.
  Result<NetworkResponse> outcome(CURLcode code);

 private:
  static std::size_t onHead(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t onBody(char* data, std::size_t size, std::size_t count, void* self);
  static curl_socket_t onSocket(void* self, curlsocktype purpose, curl_sockaddr* address);
  void setRequest();
  void setRules(const std::vector<std::string>& hosts);
  std::size_t takeHeadLine(std::string_view line);

  struct FreeEasy {
    void operator()(CURL* easy) const { ::curl_easy_cleanup(easy); }
  };
  struct FreeList {
    void operator()(curl_slist* list) const { ::curl_slist_free_all(list); }
  };
  using List = std::unique_ptr<curl_slist, FreeList>;
  static void append(List& list, const std::string& text);

  const std::uint64_t exchange_;
  NetworkRequest request_;
  NetworkResponse response_;
  std::size_t headBytes_ = 0;
  bool addressForbidden_ = false, bodyTooLong_ = false;
  List headers_, hosts_;
  std::unique_ptr<CURL, FreeEasy> easy_;  ///< last: it uses the lists
};

}  // namespace kiosk::bridge
