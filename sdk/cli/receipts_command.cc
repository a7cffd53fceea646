// kiosk receipts: jwks, list, export, verify.

#include <kiosk/clock.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "bridge/identity/host_keys.h"
#include "bridge/receipts/receipt_book.h"
#include "bridge/receipts/receipt_verify.h"
#include "bridge/store/store.h"
#include "runtime/base/json.h"
#include "sdk/cli/commands.h"
#include "sdk/cli/exit_status.h"

namespace kiosk::cli {
namespace {

using bridge::StoredReceipt;

constexpr std::int64_t kPageReceipts = 1000;
constexpr std::size_t kFileBytesMax = std::size_t{1} << 30;

int refuseReceipts(const std::string& message) {
  std::fprintf(stderr, "kiosk: %s\n", message.c_str());
  return kExitUsage;
}

/// What a data folder holds of receipts.
struct Opened {
  bridge::HostKeys keys;
  std::unique_ptr<bridge::Store> store;
};

Result<Opened> openData(const std::string& dataDir) {
  const auto database = dataDir + "/kiosk.db";
  if (::access(database.c_str(), R_OK) != 0) {
    return Error{ErrorCode::NotFound, "there is no " + database};
  }
  auto keys =
      bridge::HostKeys::load(dataDir + "/keys", systemRandom(), bridge::MissingKeys::Refuse);
  if (!keys) return keys.error();
  auto store = bridge::Store::open({.path = database});
  if (!store) return store.error();
  return Opened{*std::move(keys), *std::move(store)};
}

/// Calls `each` with all that `filter` asks for, page by page.
template <class Each>
Result<void> forEach(bridge::Store& store, bridge::ReceiptFilter filter, Each each) {
  filter.countMax = kPageReceipts;
  while (true) {
    const auto page = store.runNow<std::vector<StoredReceipt>>(
        "receipts.page", [filter](soci::session& sql) -> Result<std::vector<StoredReceipt>> {
          return bridge::readReceipts(sql, filter);
        });
    if (!page) return page.error();
    for (const auto& receipt : *page) each(receipt);
    if (static_cast<std::int64_t>(page->size()) < kPageReceipts) return {};
    filter.afterSeq = page->back().seq;
  }
}

Result<std::string> readText(const std::string& path) {
  std::string text;
  if (path == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error{ErrorCode::NotFound, "cannot read " + path};
    text.assign(std::istreambuf_iterator<char>(file), {});
  }
  if (text.size() > kFileBytesMax) {
    return Error{ErrorCode::PayloadTooLarge, path + " is over 1 GiB: export it by parts"};
  }
  return text;
}

/// The public keys in a data folder: the present one, and the retired ones beside it.
Result<nlohmann::json> jwksOf(const std::string& dataDir) {
  std::vector<std::string> paths = {dataDir + "/keys/host.key.pub"};
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(dataDir + "/keys/retired", none)) {
    if (entry.path().extension() == ".pub") paths.push_back(entry.path().string());
  }
  nlohmann::json keys = nlohmann::json::array();
  for (const auto& path : paths) {
    const auto key = readPublicKeyFile(path);
    if (!key) return key.error();
    const auto digest = sha256(bytesOf(*key));
    keys.push_back(bridge::ed25519Jwk(*key, toHex(Bytes(digest).first(16))));
  }
  return nlohmann::json{{"keys", std::move(keys)}};
}

int printReceiptReport(const bridge::ReceiptReport& report, bool json) {
  if (json) {
    nlohmann::ordered_json out = {{"sound", report.sound},       {"receipts", report.receipts},
                                  {"withheld", report.withheld}, {"gaps", report.gaps},
                                  {"firstSeq", report.firstSeq}, {"lastSeq", report.lastSeq},
                                  {"head", report.headSeen}};
    if (!report.sound) {
      out["badLine"] = report.badLine;
      out["why"] = report.why;
    }
    std::printf("%s\n", out.dump(2).c_str());
  } else if (report.sound) {
    std::printf("sound: %llu receipts, %llu withheld, numbers %llu to %llu%s\n",
                static_cast<unsigned long long>(report.receipts),
                static_cast<unsigned long long>(report.withheld),
                static_cast<unsigned long long>(report.firstSeq),
                static_cast<unsigned long long>(report.lastSeq),
                report.gaps == 0 ? "" : ", with others left out");
    if (!report.headSeen) {
      std::printf("  no signed head: receipts after the last may have been left out\n");
    }
  } else {
    std::printf("NOT sound: line %llu: %s\n", static_cast<unsigned long long>(report.badLine),
                report.why.c_str());
  }
  return report.sound ? kExitOk : kExitFailed;
}

bool holdsOneLine(const std::string& text) {
  std::size_t lines = 0;
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (!line.empty() && line.front() != '#') ++lines;
  }
  return lines == 1;
}

}  // namespace

int receiptsJwksCommand(const std::string& dataDir) {
  const auto jwks = jwksOf(dataDir);
  if (!jwks) return refuseReceipts(jwks.error().message);
  std::printf("%s\n", jwks->dump(2).c_str());
  return kExitOk;
}

int receiptsListCommand(const ReceiptsOptions& options) {
  auto opened = openData(options.dataDir);
  if (!opened) return refuseReceipts(opened.error().message);
  const auto listed =
      forEach(*opened->store, {.user = options.user, .app = options.app}, [&](const auto& one) {
        if (options.json) {
          std::printf("%s\n", dumpJson({{"seq", one.seq},
                                        {"id", one.id},
                                        {"kind", one.kind},
                                        {"issuedAtMs", one.atMs},
                                        {"user", one.user},
                                        {"app", one.app},
                                        {"permission", one.permission},
                                        {"hash", one.hash}})
                                  .c_str());
        } else {
          std::printf("%lld %s %s %s %s\n", static_cast<long long>(one.seq), one.kind.c_str(),
                      one.token.empty() ? "(erased)" : one.user.c_str(), one.app.c_str(),
                      one.permission.c_str());
        }
      });
  return listed ? kExitOk : refuseReceipts(listed.error().message);
}

int receiptsExportCommand(const ReceiptsOptions& options) {
  auto opened = openData(options.dataDir);
  if (!opened) return refuseReceipts(opened.error().message);
  const bool some = !options.user.empty() || !options.app.empty();
  const bool chained = !some || options.withChain;
  const auto wanted = [&](const StoredReceipt& one) {
    return !one.token.empty() && (options.user.empty() || one.user == options.user) &&
           (options.app.empty() || one.app == options.app);
  };
  bridge::ReceiptFilter filter;
  if (!chained) filter = {.user = options.user, .app = options.app};
  const auto exported = forEach(*opened->store, filter, [&](const StoredReceipt& one) {
    if (wanted(one)) {
      std::printf("%s\n", one.token.c_str());
    } else {
      std::printf("withheld %lld %s\n", static_cast<long long>(one.seq), one.hash.c_str());
    }
  });
  if (!exported) return refuseReceipts(exported.error().message);
  if (!chained) return kExitOk;
  const bridge::ReceiptBook book(
      bridge::ed25519Signer(opened->keys.signing(), opened->keys.signingKeyId()), {});
  const auto head = opened->store->runNow<std::string>(
      "receipts.head",
      [&book](soci::session& sql) { return book.head(sql, systemClock().wallMs()); });
  if (!head) return refuseReceipts(head.error().message);
  if (!head->empty()) std::printf("%s\n", head->c_str());
  return kExitOk;
}

int receiptsVerifyCommand(const std::string& path, const ReceiptsOptions& options) {
  Result<std::string> jwks = Error{};
  if (!options.jwks.empty()) {
    jwks = readText(options.jwks);
  } else if (const auto own = jwksOf(options.dataDir)) {
    jwks = own->dump();
  } else {
    return refuseReceipts("there is no --jwks FILE, and no key in " + options.dataDir);
  }
  if (!jwks) return refuseReceipts(jwks.error().message);
  const auto keys = bridge::ReceiptKeys::parse(*jwks);
  if (!keys) return refuseReceipts("the key set: " + keys.error().message);
  const auto text = readText(path);
  if (!text) return refuseReceipts(text.error().message);
  const bool some = options.some || holdsOneLine(*text);
  return printReceiptReport(
      bridge::verifyReceipts(*text, *keys,
                             some ? bridge::ReceiptSpan::Some : bridge::ReceiptSpan::Whole),
      options.json);
}

}  // namespace kiosk::cli
