#include "sdk/conformance/case_app.h"

#include <kiosk/bridge/catalogue.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "bridge/payments/demo_merchant.h"
#include "bridge/payments/jws.h"
#include "runtime/base/json.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

constexpr std::string_view kImport = "import";
constexpr std::string_view kIcon =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>\n";
/// 2100-01-01, so that the order is good for as long as the suite is.
constexpr std::int64_t kOrderEndSeconds = 4'102'444'800;

/// A token of the demo's merchant for 1 250.00 RUB; always the same.
Result<std::string> goodOrder() {
  const auto key = Ed25519Key::fromSeed(bytesOf(bridge::kDemoMerchantSeed));
  if (!key) return key.error();
  const std::string orderId = "conformance-1";
  const auto nonce = toBase64Url(sha256(bytesOf(orderId))).substr(0, 22);
  const json item = {{"title", "A conformance case"}, {"quantity", 1}, {"amountMinor", 125'000}};
  const json order = {{"merchantId", bridge::kDemoMerchantId},
                      {"orderId", orderId},
                      {"amountMinor", 125'000},
                      {"currency", "RUB"},
                      {"items", json::array({item})},
                      {"exp", kOrderEndSeconds},
                      {"nonce", nonce}};
  return bridge::signJws(order, "kiosk-order+jwt", bridge::kDemoMerchantKid, *key);
}

json manifestOf(const Case& test, const AppParts& parts) {
  json declared = json::array();
  for (const auto& name : test.declares ? *test.declares : parts.ordinaryPermissions) {
    declared.push_back({{"name", name}, {"reason", "A conformance case"}, {"purpose", "test"}});
  }
  json manifest = {{"manifest_version", 1},
                   {"app_id", "org.example.test"},
                   {"name", "Test"},
                   {"icons", json::array({{{"src", "icon.svg"}}})},
                   {"version", {{"name", "1.0.0"}, {"code", 1}}},
                   {"platform_version", {{"min_code", 1}}},
                   {"pages", json::array({"app.js"})},
                   {"operator",
                    {{"name", "Example Ltd"},
                     {"address", "1 Test Street"},
                     {"email", "test@example.org"},
                     {"privacy_policy_url", "https://example.org/privacy"},
                     {"terms_url", "https://example.org/terms"},
                     {"age_rating", "0+"}}},
                   {"opt_permissions", declared},
                   {"payments",
                    {{"merchant_id", "post"},
                     {"methods", json::array({"wallet"})},
                     {"currencies", json::array({"RUB"})},
                     {"max_amount", 1'000'000}}},
                   {"identity", {{"claims", json::array({"email"})}}}};
  manifest.update(test.manifest);
  for (const auto& name : test.manifestWithout) manifest.erase(name);
  return manifest;
}

/// Whether the statement `import …;` begins at `at`, the beginning of a line, and ends a line;
/// its length, or 0.
std::size_t importLength(std::string_view body, std::size_t at) {
  const auto rest = body.substr(at);
  if (!rest.starts_with(kImport) || rest.size() <= kImport.size()) return 0;
  const char next = rest[kImport.size()];
  if (next != ' ' && next != '\t' && next != '\n') return 0;
  const auto end = rest.find(';');
  if (end == std::string_view::npos) return 0;
  return end + 1 == rest.size() || rest[end + 1] == '\n' ? end + 1 : 0;
}

/// The body in a try block, so that the runner learns what it threw; its imports stay outside.
std::string wrapped(const Case& test) {
  std::string imports, rest;
  const std::string_view body = test.body;
  for (std::size_t at = 0; at < body.size();) {
    if (const auto length = importLength(body, at); length > 0) {
      (imports += body.substr(at, length)) += '\n';
      at += length;
    }
    const auto end = std::min(body.find('\n', at), body.size() - 1);
    rest += body.substr(at, end + 1 - at);
    at = end + 1;
  }
  std::string app = "import {assert, equal, fails, settle, tapped} from './harness.js';\n" +
                    imports + "try {\n" + rest +
                    "\nsettle();\n} catch (error) {\nsettle(error);\n}\n";
  if (test.steps) app += "document.body.append('" + std::string(kSettledMark) + "');\n";
  return app;
}

Result<void> writeAppFile(const std::filesystem::path& folder, const std::string& name,
                          std::string_view text) {
  const std::filesystem::path path(name);
  const bool inside = !name.empty() && path.is_relative() && path.has_filename() &&
                      std::find(path.begin(), path.end(), "..") == path.end();
  if (!inside) return Error{ErrorCode::InvalidParams, "a case's file may not be \"" + name + "\""};
  std::error_code problem;
  std::filesystem::create_directories((folder / path).parent_path(), problem);
  std::ofstream file(folder / path, std::ios::binary | std::ios::trunc);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!file) return Error{ErrorCode::HostError, "the mini-app's " + name + " cannot be written"};
  return {};
}

}  // namespace

Result<AppParts> makeAppParts(std::string harness) {
  const auto catalogue = bridge::Catalogue::embedded();
  if (!catalogue) return catalogue.error();
  const auto order = goodOrder();
  if (!order) return order.error();
  AppParts parts;
  parts.harness = std::move(harness);
  parts.orders = "export const orderToken = " + dumpJson(*order) + ";\n";
  for (const auto& permission : catalogue->permissions()) {
    if (!permission->privileged) parts.ordinaryPermissions.push_back(permission->name);
  }
  return parts;
}

Result<void> writeCaseApp(const Case& test, const AppParts& parts, const std::string& folder) {
  if (test.files.size() > kCaseFilesMax) {
    return Error{ErrorCode::InvalidParams,
                 "a case may bring " + std::to_string(kCaseFilesMax) + " files, not more"};
  }
  json files = {{"manifest.json", test.manifestText.value_or(dumpJson(manifestOf(test, parts)))},
                {"icon.svg", kIcon},
                {"app.js", test.raw ? test.body : wrapped(test)},
                {"harness.js", parts.harness},
                {"orders.js", parts.orders}};
  files.update(test.files);
  for (const auto& [name, text] : files.items()) {
    auto written = writeAppFile(folder, name, text.get_ref<const std::string&>());
    if (!written) return written;
  }
  return {};
}

std::string stepsOf(const Case& test) {
  KIOSK_CHECK(test.steps.has_value(), "a case without steps has none to write");
  if (test.raw) return *test.steps;
  return *test.steps + dumpJson(json{{"expect", kSettledMark}}) + "\n";
}

}  // namespace kiosk::conformance
