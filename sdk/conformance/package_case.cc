#include "sdk/conformance/package_case.h"

#include <kiosk/apps.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "runtime/base/crypto.h"
#include "runtime/base/files.h"
#include "runtime/base/json.h"
#include "runtime/package/archive.h"
#include "runtime/package/pack.h"
#include "sdk/conformance/package_every.h"
#include "sdk/conformance/package_keys.h"
#include "sdk/conformance/package_maker.h"

namespace kiosk::conformance {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kAppFileBytesMax = 4 << 20;
constexpr std::size_t kInstalledBytesMax = 64 << 20;
/// The app of every case; with the door Load its manifest says no other.
constexpr const char* kCaseAppId = "org.example.test";

Result<void> writeBytes(const std::string& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) return Error{ErrorCode::HostError, "the case's package cannot be written"};
  return {};
}

/// The files of the mini-app in `folder`, as the case wrote them: nothing is checked.
Result<FileMap> appFiles(const std::string& folder) {
  FileMap files;
  std::error_code problem;
  for (fs::recursive_directory_iterator entry(folder, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    if (!entry->is_regular_file(problem)) continue;
    auto bytes = readFileWhole(entry->path().string(), kAppFileBytesMax);
    if (!bytes) return bytes.error();
    files[entry->path().lexically_relative(folder).generic_string()] = *std::move(bytes);
  }
  if (problem) return Error{ErrorCode::HostError, problem.message()};
  return files;
}

Result<TrustStore> trustOf(const std::vector<std::string>& names) {
  TrustStore trust;
  for (const auto& name : names) {
    const auto key = packageKey(name);
    if (!key) return key.error();
    trust.add(key->publicKey());
  }
  return trust;
}

/// A trust file with the keys called `names`.
Result<std::string> trustText(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) {
    const auto key = packageKey(name);
    if (!key) return key.error();
    text += publicKeyText(key->publicKey());
  }
  return text;
}

/// Installs what a case has installed before, as `kiosk install` does.
Result<void> installBefore(const PackageSpec& spec, FileMap files, const std::string& folder) {
  if (spec.installed.is_null() && spec.door != PackageDoor::Load) return {};
  const json before = spec.installed.is_null() ? json::object() : spec.installed;
  if (before.contains("manifest")) {
    auto manifest = parseJson(files["manifest.json"]);
    if (!manifest) return manifest.error();
    manifest->update(before["manifest"]);
    files["manifest.json"] = dumpJson(*manifest);
  }
  const std::string key = before.value("key", "developer");
  const auto package = makePackage(files, json::array({{{"signer", {{"key", key}}}}}));
  if (!package) return package.error();
  auto trust = trustOf({key});
  if (!trust) return trust.error();
  const auto path = folder + "/before.ma";
  if (auto written = writeBytes(path, *package); !written) return written;
  auto registry = AppRegistry::open(folder + "/data/registry", *std::move(trust));
  if (!registry) return registry.error();
  const auto report = (*registry)->install(path);
  if (!report) return report.error();
  return {};
}

/// Puts `package` in the place of the only package file that is installed.
Result<void> replaceInstalled(const std::string& package, const std::string& folder) {
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folder + "/data/registry/packages", problem)) {
    return writeBytes(entry.path().string(), package);
  }
  return Error{ErrorCode::HostError, "nothing is installed that could be replaced"};
}

}  // namespace

Result<std::vector<std::string>> preparePackage(const Case& test, const std::string& folder,
                                                const std::vector<std::string>& arguments) {
  const PackageSpec& spec = *test.package;
  const auto path = folder + "/case.ma", trustPath = folder + "/trust.txt";
  const auto files = appFiles(folder + "/app");
  if (!files) return files.error();
  const auto package = makePackage(*files, spec.changes);
  if (!package) return package.error();
  const auto trust = trustText(spec.trust);
  if (!trust) return trust.error();
  if (auto written = writeBytes(trustPath, *trust); !written) return written.error();
  if (auto before = installBefore(spec, *files, folder); !before) return before.error();
  if (spec.door == PackageDoor::Load) {
    if (auto replaced = replaceInstalled(*package, folder); !replaced) return replaced.error();
  } else if (auto written = writeBytes(path, *package); !written) {
    return written.error();
  }
  if (spec.door == PackageDoor::Install) {
    return std::vector<std::string>{"install", path,     "--json",        "--trust",
                                    trustPath, "--data", folder + "/data"};
  }
  auto changed = arguments;
  std::replace(changed.begin(), changed.end(), folder + "/app",
               spec.door == PackageDoor::Load ? std::string(kCaseAppId) : path);
  changed.insert(changed.end(), {"--trust", trustPath});
  return changed;
}

std::string installedIn(const std::string& folder) {
  const auto registry = folder + "/data/registry";
  std::vector<std::string> lines;
  std::error_code problem;
  for (fs::recursive_directory_iterator entry(registry, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    const auto name = entry->path().lexically_relative(registry).generic_string();
    if (name == "lock" || !entry->is_regular_file(problem)) continue;
    const auto bytes = readFileWhole(entry->path().string(), kInstalledBytesMax);
    lines.push_back(name + " " + (bytes ? sha256Hex(*bytes) : bytes.error().message) + "\n");
  }
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const auto& line : lines) text += line;
  return text;
}

Judgement tryEveryPackage(const Case& test, const std::string& folder) {
  const PackageSpec& spec = *test.package;
  const auto files = appFiles(folder + "/app");
  const auto package = files ? makePackage(*files, spec.changes) : files.error();
  const auto trust = trustOf(spec.trust);
  if (!package) return {"nothing", {package.error().message}, {}, {}};
  if (!trust) return {"nothing", {trust.error().message}, {}, {}};
  return tryEvery(spec.every, *package, [&trust](std::string_view bytes) {
    return readPackage(bytes, &*trust).has_value();
  });
}

}  // namespace kiosk::conformance
