#include "sdk/cli/conformance_reports.h"

#include <cstdio>
#include <filesystem>

#include "bridge/identity/host_keys.h"
#include "runtime/base/encoding.h"
#include "runtime/base/files.h"
#include "runtime/base/json.h"
#include "sdk/cli/command_line.h"
#include "sdk/cli/exit_status.h"
#include "sdk/conformance/report.h"
#include "sdk/conformance/report_check.h"
#include "sdk/conformance/report_formats.h"

namespace kiosk::cli {
namespace {

constexpr std::size_t kSignatureBytesMax = 4096;

/// A report as it was read, and what the check of it says.
struct CheckedReport {
  std::string hash;  ///< SHA-256, hex
  conformance::ReportCheck check;
};

/// Reads the report at `path`, and the signature beside it: "x/report.json" has
/// "x/report.sig.json".
Result<CheckedReport> readReport(const std::string& path,
                                 const std::optional<std::string>& keyPath) {
  std::optional<std::string> key, signature;
  if (keyPath) {
    auto read = readPublicKeyFile(*keyPath);
    if (!read) return read.error();
    key = *std::move(read);
  }
  const auto report = readFileWhole(path, conformance::kReportBytesMax);
  if (!report) return report.error();
  const auto signaturePath = std::filesystem::path(path).replace_extension(".sig.json").string();
  auto beside = readFileWhole(signaturePath, kSignatureBytesMax);
  if (!beside && beside.error().code != ErrorCode::NotFound) return beside.error();
  if (beside) signature = *std::move(beside);
  return CheckedReport{sha256Hex(*report), conformance::checkReport(*report, signature, key)};
}

int refuseUnsound(const conformance::ReportCheck& check) {
  std::printf("report: NOT sound: %s\n", printable(check.problem, 500).c_str());
  return kExitFailed;
}

/// Writes what others read of `report` into the folder `out`.
Result<void> writeFormats(const std::string& out, const nlohmann::json& report,
                          const conformance::ReportSeal& seal) {
  using namespace conformance;
  if (auto one = replaceFileDurably(out + "/junit.xml", junitOf(report)); !one) return one;
  if (auto one = replaceFileDurably(out + "/report.sarif", sarifOf(report)); !one) return one;
  return replaceFileDurably(out + "/report.html", htmlOf(report, seal));
}

}  // namespace

Result<void> makeReportFolder(const std::string& out) {
  std::error_code problem;
  std::filesystem::create_directories(out, problem);
  if (problem) return Error{ErrorCode::HostError, out + ": " + problem.message()};
  return {};
}

Result<void> writeReport(const std::string& out, const nlohmann::json& report,
                         const std::string& measured, const Ed25519Key* key) {
  const auto bytes = canonicalJson(report);
  if (!bytes) return bytes.error();
  const auto signaturePath = out + "/report.sig.json";
  // An older signature must not stand beside a newer report.
  if (auto removed = removeFileDurably(signaturePath); !removed) return removed;
  if (auto one = replaceFileDurably(out + "/report.json", *bytes); !one) return one;
  if (auto one = replaceFileDurably(out + "/measured.json", measured); !one) return one;
  const auto signer = key == nullptr ? "" : bridge::keyIdOf(key->publicKey());
  if (auto one = writeFormats(out, report, {sha256Hex(*bytes), signer}); !one) return one;
  if (key == nullptr) return {};
  return replaceFileDurably(signaturePath, conformance::signReport(*bytes, *key));
}

int verifyReport(const std::string& path, const std::optional<std::string>& keyPath) {
  const auto read = readReport(path, keyPath);
  if (!read) return refuse(read.error());
  for (const auto& what : read->check.held) std::printf("  holds: %s\n", what.c_str());
  if (!read->check.sound()) return refuseUnsound(read->check);
  std::printf("report: sound, %s; SHA-256 %s\n",
              read->check.signer.empty() ? "not signed" : "signed", read->hash.c_str());
  return kExitOk;
}

int renderReport(const std::string& path, const std::optional<std::string>& keyPath,
                 const std::string& out) {
  const auto read = readReport(path, keyPath);
  if (!read) return refuse(read.error());
  if (!read->check.sound()) return refuseUnsound(read->check);
  if (auto made = makeReportFolder(out); !made) return refuse(made.error());
  auto written = writeFormats(out, read->check.report, {read->hash, read->check.signer});
  if (!written) return refuse(written.error());
  std::printf("wrote %s/report.html, report.sarif and junit.xml\n", out.c_str());
  return kExitOk;
}

}  // namespace kiosk::cli
