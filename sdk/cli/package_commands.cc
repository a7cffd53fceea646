#include <kiosk/bridge/gate_limits.h>
#include <kiosk/bridge/privacy.h>
#include <kiosk/clock.h>

#include <cstdio>

#include "runtime/base/crypto.h"
#include "runtime/base/encoding.h"
#include "runtime/base/json.h"
#include "runtime/package/pack.h"
#include "sdk/cli/commands.h"
#include "sdk/cli/exit_status.h"
#include "sdk/cli/reporter.h"

namespace kiosk::cli {
namespace {

void printReport(const VerifyReport& report) {
  std::printf("%s %s (code %lld), \"%s\"\n", report.appId.value.c_str(), report.versionName.c_str(),
              static_cast<long long>(report.versionCode), printable(report.name, 200).c_str());
  std::printf("  %zu files, %llu bytes\n", report.files,
              static_cast<unsigned long long>(report.contentBytes));
  std::printf("  payload hash %s\n", report.payloadHash.c_str());
  for (const Signer& signer : report.signers) {
    std::printf("  signed by %s, key %s%s\n", signer.role.c_str(), signer.keyId.c_str(),
                signer.trusted ? ", trusted" : "");
  }
}

/// What the app can learn at most; none when the catalogue or the package cannot be read.
std::optional<bridge::PrivacySummary> privacyIn(const std::string& path) {
  const auto package = loadPackage(path);
  const auto catalogue = bridge::Catalogue::embedded();
  if (!package || !catalogue) return std::nullopt;
  return bridge::privacyOf((*package)->manifest, *catalogue, bridge::GateLimits{}.privacyPointsMax);
}

void printPrivacy(const bridge::PrivacySummary& privacy) {
  std::printf("  privacy: may learn %u points of a user; required %d, all that it declares %d\n",
              privacy.pointsMax, privacy.requiredPoints, privacy.declaredPoints);
  for (const auto& item : privacy.items) {
    std::string data;
    for (const auto& one : item.data) data += (data.empty() ? "" : ", ") + one;
    std::printf("    %-24s %2d  %s%s\n", item.permission.c_str(), item.points, data.c_str(),
                item.required ? " (required)" : "");
  }
  if (!privacy.requiredFits()) {
    std::printf(
        "    its required permissions cost more than its budget: they cannot all be used\n");
  }
}

nlohmann::ordered_json privacyJson(const bridge::PrivacySummary& privacy) {
  nlohmann::ordered_json items = nlohmann::ordered_json::array();
  for (const auto& item : privacy.items) {
    items.push_back({{"permission", item.permission},
                     {"points", item.points},
                     {"required", item.required},
                     {"data", item.data}});
  }
  return {{"pointsMax", privacy.pointsMax},
          {"required", privacy.requiredPoints},
          {"declared", privacy.declaredPoints},
          {"requiredFits", privacy.requiredFits()},
          {"items", std::move(items)}};
}

void printReportJson(const VerifyReport& report,
                     const std::optional<bridge::PrivacySummary>& privacy) {
  nlohmann::ordered_json signers = nlohmann::ordered_json::array();
  for (const Signer& signer : report.signers) {
    signers.push_back({{"role", signer.role},
                       {"keyId", signer.keyId},
                       {"publicKey", signer.publicKeyHex},
                       {"trusted", signer.trusted}});
  }
  nlohmann::ordered_json out = {
      {"appId", report.appId.value},         {"name", report.name},
      {"version", report.versionName},       {"versionCode", report.versionCode},
      {"payloadHash", report.payloadHash},   {"files", report.files},
      {"contentBytes", report.contentBytes}, {"signers", signers}};
  if (privacy) out["privacy"] = privacyJson(*privacy);
  std::printf("%s\n", out.dump(2).c_str());
}

}  // namespace

int keygenCommand(const std::string& path) {
  const auto key = Ed25519Key::generate(systemRandom());
  if (const auto written = writeKeyFiles(path, key); !written) return refuse(written.error());
  std::printf("wrote %s (keep it secret) and %s.pub\n", path.c_str(), path.c_str());
  return kExitOk;
}

int packCommand(const std::string& directory, const std::string& out,
                const std::optional<std::string>& keyPath) {
  std::optional<Ed25519Key> key;
  if (keyPath) {
    auto read = readPrivateKeyFile(*keyPath);
    if (!read) return refuse(read.error());
    key.emplace(std::move(*read));
  }
  const auto written = writePackage(directory, out, key ? &*key : nullptr, systemClock());
  if (!written) return refuse(written.error());
  if (!key) {
    std::printf("packed %s, unsigned: a host will not run it until it is signed (--key FILE)\n",
                out.c_str());
    return kExitOk;
  }
  const auto report = verifyPackage(out, nullptr);
  if (!report) return refuse(report.error());
  std::printf("packed %s: ", out.c_str());
  printReport(*report);
  return kExitOk;
}

int verifyCommand(const std::string& path, const std::optional<std::string>& trustPath, bool json) {
  std::optional<TrustStore> trust;
  if (trustPath) {
    auto read = TrustStore::readFile(*trustPath);
    if (!read) return refuse(read.error());
    trust.emplace(std::move(*read));
  }
  const auto report = verifyPackage(path, trust ? &*trust : nullptr);
  if (!report) {
    if (json) tellRefused(report.error());
    return refuse(report.error());
  }
  const auto privacy = privacyIn(path);
  if (json) {
    printReportJson(*report, privacy);
    return kExitOk;
  }
  std::printf("sound: ");
  printReport(*report);
  if (privacy) printPrivacy(*privacy);
  if (!trust)
    std::printf("  no trust store was given: this says who signed, not whether to trust them\n");
  return kExitOk;
}

}  // namespace kiosk::cli
