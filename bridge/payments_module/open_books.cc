#include "bridge/payments_module/open_books.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace kiosk::bridge {
namespace {

constexpr std::chrono::milliseconds kAnswerTimeLongest{600'000};

Result<void> makeBooksFolder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) return {};
  return Error{ErrorCode::HostError,
               "cannot make the data folder " + path + ": " + std::strerror(errno)};
}

}  // namespace

Result<Books> openBooks(const std::string& dataDir, Random& random) {
  if (auto made = makeBooksFolder(dataDir); !made) return made.error();
  const std::string database = dataDir + "/kiosk.db";
  const bool isFirst = ::access(database.c_str(), F_OK) != 0;
  auto keys = HostKeys::load(dataDir + "/keys", random,
                             isFirst ? MissingKeys::Generate : MissingKeys::Refuse);
  if (!keys) return keys.error();
  auto store = Store::open({.path = database});
  if (!store) return store.error();
  Books books;
  books.keys = std::make_unique<HostKeys>(std::move(*keys));
  books.receipts = std::make_unique<ReceiptBook>(
      ed25519Signer(books.keys->signing(), books.keys->signingKeyId()), ReceiptIssuer{});
  books.store = std::move(*store);
  return books;
}

bool isChannelName(std::string_view text) {
  return !text.empty() && text.size() <= kPaymentsNameBytesMax &&
         text.find_first_not_of(
             "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") ==
             std::string_view::npos;
}

Result<void> checkPaymentsConfig(const PaymentsConfig& config) {
  if (config.dataDir.empty()) return Error{ErrorCode::InvalidParams, "dataDir is empty"};
  if (!isChannelName(config.channel)) {
    return Error{ErrorCode::InvalidParams, "channel is 1 to 128 of A-Za-z0-9._-"};
  }
  if (config.answerTimeMax < std::chrono::milliseconds(1) ||
      config.answerTimeMax > kAnswerTimeLongest) {
    return Error{ErrorCode::InvalidParams, "answerTimeMax is 1 ms to 10 minutes"};
  }
  return {};
}

}  // namespace kiosk::bridge
