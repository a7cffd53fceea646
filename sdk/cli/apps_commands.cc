#include <kiosk/apps.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "bridge/payments/subscription_book.h"
#include "bridge/store/store.h"
#include "runtime/base/encoding.h"
#include "runtime/base/json.h"
#include "runtime/package/app_json.h"
#include "sdk/cli/commands.h"
#include "sdk/cli/exit_status.h"
#include "sdk/cli/reporter.h"
#include "sdk/cli/run_command.h"

namespace kiosk::cli {
namespace {

constexpr std::size_t kNameBytesShown = 200;

std::string dataDirOf(const AppsOptions& options) {
  return options.dataDir.empty() ? defaultDataDir() : options.dataDir;
}

Result<std::unique_ptr<AppRegistry>> openRegistry(const AppsOptions& options) {
  const std::string dataDir = dataDirOf(options);
  std::error_code problem;
  std::filesystem::create_directories(dataDir, problem);
  const std::string trustPath = options.trustPath.value_or(dataDir + "/trust.txt");
  TrustStore trust;
  if (options.trustPath || std::filesystem::exists(trustPath, problem)) {
    auto read = TrustStore::readFile(trustPath);
    if (!read) return read.error();
    trust = std::move(*read);
  }
  return AppRegistry::open(dataDir + "/registry", std::move(trust));
}

void print(const InstalledApp& app) {
  const AppVersion& active = *app.version(app.activeCode);
  std::printf("%s  %s (code %lld)%s  %s\n", app.id.value.c_str(), active.versionName.c_str(),
              static_cast<long long>(active.versionCode), app.pinned ? ", pinned" : "",
              printable(app.name, kNameBytesShown).c_str());
  if (app.waitingCode) {
    std::printf("  code %lld waits: kiosk approve %s\n", static_cast<long long>(*app.waitingCode),
                app.id.value.c_str());
  }
}

/// Ends everybody's subscriptions in `app`, all or none; how many. None without a store.
Result<std::int64_t> endSubscriptionsOf(const AppId& app, const std::string& dataDir) {
  const std::string database = dataDir + "/kiosk.db";
  if (::access(database.c_str(), F_OK) != 0) return std::int64_t{0};
  auto store = bridge::Store::open({.path = database});
  if (!store) return store.error();
  return (*store)->runNow<std::int64_t>(
      "apps.uninstall",
      [&app, nowMs = systemClock().wallMs()](soci::session& sql) -> Result<std::int64_t> {
        return bridge::endSubscriptions(sql, UserId(), app, "app", nowMs);
      });
}

int tell(const Result<InstalledApp>& app, const AppsOptions& options) {
  if (!app) return refuse(app.error());
  if (options.json) {
    std::printf("%s\n", jsonOf(*app).dump(2).c_str());
  } else {
    print(*app);
  }
  return kExitOk;
}

}  // namespace

int installCommand(const AppsOptions& options) {
  auto registry = openRegistry(options);
  if (!registry) return refuse(registry.error());
  const auto report = (*registry)->install(
      options.subject, {options.acceptNewRights ? NewRights::Accept : NewRights::Wait});
  if (!report) {
    if (options.json) tellRefused(report.error());
    return refuse(report.error());
  }
  if (options.json) {
    std::printf("%s\n", jsonOf(*report).dump(2).c_str());
    return kExitOk;
  }
  std::printf("%s %s (code %lld): %s\n", report->id.value.c_str(),
              report->version.versionName.c_str(),
              static_cast<long long>(report->version.versionCode),
              std::string(installOutcomeName(report->outcome)).c_str());
  for (const auto& right : report->newRights) {
    std::printf("  may newly ask for: %s\n", printable(right, kNameBytesShown).c_str());
  }
  if (report->outcome == InstallOutcome::Waiting) {
    std::printf("  the version before it goes on until: kiosk approve %s\n",
                report->id.value.c_str());
  }
  return kExitOk;
}

int listCommand(const AppsOptions& options) {
  auto registry = openRegistry(options);
  if (!registry) return refuse(registry.error());
  const auto apps = (*registry)->list();
  if (!apps) return refuse(apps.error());
  if (options.json) {
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    for (const auto& app : *apps) out.push_back(jsonOf(app));
    std::printf("%s\n", out.dump(2).c_str());
    return kExitOk;
  }
  for (const auto& app : *apps) print(app);
  if (apps->empty()) std::printf("no app is installed\n");
  return kExitOk;
}

int uninstallCommand(const AppsOptions& options) {
  auto registry = openRegistry(options);
  if (!registry) return refuse(registry.error());
  const AppId app(options.subject);
  const auto known = (*registry)->find(app);
  if (!known && known.error().code == ErrorCode::NotFound) return refuse(known.error());
  // Before the app goes: if this fails, it can be told to go again.
  const auto ended = endSubscriptionsOf(app, dataDirOf(options));
  if (!ended) return refuse(ended.error());
  const auto removed = (*registry)->uninstall(app);
  if (!removed) return refuse(removed.error());
  std::printf("%s: removed; subscriptions ended: %lld\n", options.subject.c_str(),
              static_cast<long long>(*ended));
  return kExitOk;
}

int changeAppCommand(AppChange change, const AppsOptions& options) {
  auto registry = openRegistry(options);
  if (!registry) return refuse(registry.error());
  const AppId app(options.subject);
  switch (change) {
    case AppChange::Pin:
      return tell((*registry)->pin(app, options.versionCode), options);
    case AppChange::Unpin:
      return tell((*registry)->unpin(app), options);
    case AppChange::Approve:
      return tell((*registry)->approve(app), options);
    case AppChange::Rollback:
      return tell((*registry)->rollback(app), options);
  }
  return kExitUsage;
}

}  // namespace kiosk::cli
