// kiosk audit: verify the log, read it, export it, print its heads.

#include <cstdio>
#include <ctime>
#include <fstream>

#include "bridge/audit.h"
#include "bridge/bridge.h"
#include "bridge/identity/host_keys.h"
#include "runtime/base/json.h"
#include "sdk/cli/command_line.h"
#include "sdk/cli/data_folder.h"
#include "sdk/cli/exit_status.h"
#include "sdk/cli/run_command.h"

namespace kiosk::cli {
namespace {

constexpr std::size_t kHeadsMax = 64;

struct AuditArguments {
  std::string dataDir;
  std::vector<std::string> keyPaths;
  std::string headPath;
  std::string since;
  bridge::AuditFilter filter;
  bool json = false;

  std::string data() const { return dataDir.empty() ? defaultDataDir() : dataDir; }
};

/// The keys of the files that were named, or else the host's own with those before it.
Result<bridge::AuditTrust> trustOf(const AuditArguments& given) {
  bridge::AuditTrust trust;
  for (const auto& path : given.keyPaths) {
    auto key = readPublicKeyFile(path);
    if (!key) return key.error();
    trust.keys.emplace(bridge::keyIdOf(*key), *key);
  }
  if (given.keyPaths.empty()) {
    auto keys = bridge::HostKeys::publicKeys(given.data() + "/keys");
    if (!keys) return keys.error();
    trust.keys = *std::move(keys);
  }
  if (given.headPath.empty()) return trust;
  std::ifstream file(given.headPath);
  for (std::string line; trust.anchors.size() < kHeadsMax && std::getline(file, line);) {
    auto head = bridge::parseHead(line);
    if (!head) return Error{ErrorCode::InvalidParams, given.headPath + " holds no heads"};
    trust.anchors.push_back(*std::move(head));
  }
  if (trust.anchors.empty()) {
    return Error{ErrorCode::InvalidParams,
                 given.headPath + " has no head: lines as kiosk audit head prints them"};
  }
  return trust;
}

void printAuditReport(const bridge::AuditReport& report) {
  const auto number = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
  if (!report.sound) {
    std::printf("audit: NOT sound. %s, record %llu: %s\n", report.file.c_str(),
                number(report.firstBad), report.why.c_str());
    return;
  }
  std::printf("audit: %llu records in %u chain%s, all sound; %llu signed heads",
              number(report.records), report.chains, report.chains == 1 ? "" : "s",
              number(report.signedHeads));
  if (report.tornBytes > 0) std::printf("; %llu bytes torn by a crash", number(report.tornBytes));
  std::printf("\n");
}

int verify(const AuditArguments& given) {
  const auto trust = trustOf(given);
  if (!trust) return failed(trust.error());
  const auto report = bridge::verifyAudit(bridge::auditDir(given.data()), *trust);
  if (!report) return failed(report.error());
  if (!given.json) {
    printAuditReport(*report);
    return report->sound ? kExitOk : kExitFailed;
  }
  nlohmann::ordered_json out = {{"sound", report->sound},
                                {"records", report->records},
                                {"chains", report->chains},
                                {"signedHeads", report->signedHeads},
                                {"unsignedRecords", report->unsignedRecords},
                                {"tornBytes", report->tornBytes}};
  if (!report->sound) {
    out["file"] = report->file;
    out["firstBad"] = report->firstBad;
    out["why"] = report->why;
  }
  std::printf("%s\n", out.dump(2).c_str());
  return report->sound ? kExitOk : kExitFailed;
}

std::string field(const nlohmann::json& record, const char* name) {
  const auto found = record.find(name);
  if (found == record.end()) return "";
  return found->is_string() ? printable(found->get<std::string>(), 200) : found->dump();
}

std::string timeText(std::int64_t timeMs) {
  const std::time_t seconds = timeMs / 1000;
  std::tm parts{};
  char text[32] = "?";
  if (::gmtime_r(&seconds, &parts) != nullptr) {
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  }
  return text;
}

/// "2026-11-22T12:00:00Z  call     ru.post.parcel  payments.request  allowed  ok  1.2 ms …"
std::string readable(const nlohmann::json& record) {
  auto kind = field(record, "kind");
  kind.resize(std::max<std::size_t>(kind.size(), 8), ' ');
  const auto time = record.find("time");
  const bool hasTime = time != record.end() && time->is_number_integer();
  std::string line = timeText(hasTime ? time->get<std::int64_t>() : 0) + "  " + kind;
  for (const char* name : {"app", "method", "decision", "reason", "outcome"}) {
    if (auto text = field(record, name); !text.empty()) line += "  " + text;
  }
  if (record.contains("durationUs")) line += "  " + field(record, "durationUs") + " us";
  if (record.contains("count")) line += "  count " + field(record, "count");
  for (const char* name : {"shape", "user", "session", "receipt"}) {
    if (auto text = field(record, name); !text.empty()) (((line += "  ") += name) += ' ') += text;
  }
  return line;
}

int show(const AuditArguments& given, bool raw) {
  const auto outcome =
      bridge::readAudit(bridge::auditDir(given.data()), given.filter, [&](std::string_view line) {
        const auto record = raw ? nlohmann::json() : parseJson(line).value();
        const auto text = raw ? std::string(line) : readable(record);
        std::fwrite((text + "\n").data(), 1, text.size() + 1, stdout);
      });
  if (!outcome) return failed(outcome.error());
  if (std::fflush(stdout) != 0) {
    return failed({ErrorCode::HostError, "the output could not be written"});
  }
  // What is shown must not pass for the whole of a log that does not hold.
  const auto trust = trustOf(given);
  if (!trust) return failed(trust.error());
  const auto report = bridge::verifyAudit(bridge::auditDir(given.data()), *trust);
  if (!report) return failed(report.error());
  if (report->sound) return kExitOk;
  std::fprintf(stderr, "kiosk: the log is NOT sound, see kiosk audit verify: %s, record %llu: %s\n",
               report->file.c_str(), static_cast<unsigned long long>(report->firstBad),
               report->why.c_str());
  return kExitFailed;
}

int heads(const AuditArguments& given) {
  const auto found = bridge::auditHeads(bridge::auditDir(given.data()));
  if (found.empty())
    return failed({ErrorCode::NotFound, "there is no audit log in " + given.data()});
  for (const auto& head : found) std::printf("%s\n", bridge::headText(head).c_str());
  return kExitOk;
}

/// Milliseconds of "2026-11-22", UTC; none when it is not a date.
std::optional<std::int64_t> dayMs(const std::string& text) {
  std::tm parts{};
  const char* end = ::strptime(text.c_str(), "%Y-%m-%d", &parts);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return std::int64_t{::timegm(&parts)} * 1000;
}

void addFilter(CLI::App& command, AuditArguments& given) {
  command.add_option("--app", given.filter.app, "only of this app");
  command.add_option("--user", given.filter.user, "only of this user");
  command.add_option("--session", given.filter.session, "only of this session");
  command.add_option("--method", given.filter.method, "only of this method");
  command.add_option("--kind", given.filter.kind, "only of this kind, e.g. refused");
  command.add_option("--since", given.since, "only from this day on: YYYY-MM-DD, UTC")
      ->check([](const std::string& text) {
        return dayMs(text) ? std::string() : "a day is written YYYY-MM-DD";
      });
}

}  // namespace

void addAudit(CLI::App& app, Command& chosen) {
  auto given = std::make_shared<AuditArguments>();  // owners: CLI11's bindings and the commands
  auto* audit = app.add_subcommand("audit", "The audit log");
  audit->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, std::function<int()> run) {
    auto* command = audit->add_subcommand(name, help);
    command->add_option("--data", given->dataDir, "where services keep their data");
    command->callback([given, &chosen, run = std::move(run)] {
      given->filter.sinceMs = dayMs(given->since).value_or(0);
      chosen = run;
    });
    return command;
  };
  const auto addKeys = [&](CLI::App& command) {
    command.add_option("--key", given->keyPaths,
                       "public keys of the host; else those in the data folder");
  };
  auto* check = add("verify", "Walk the chains and name the first bad record",
                    [given] { return verify(*given); });
  check->add_option("--head", given->headPath,
                    "what kiosk audit head printed; the log must have those records");
  check->add_flag("--json", given->json, "for programs");
  addKeys(*check);
  auto* reading =
      add("show", "Print records for people", [given] { return show(*given, given->json); });
  reading->add_flag("--json", given->json, "the lines as they stand in the log");
  addFilter(*reading, *given);
  addKeys(*reading);
  auto* exporting =
      add("export", "Print records as NDJSON", [given] { return show(*given, true); });
  addFilter(*exporting, *given);
  addKeys(*exporting);
  add("head", "Print the newest signed head of each chain, to be kept elsewhere",
      [given] { return heads(*given); });
}

}  // namespace kiosk::cli
