#include "gallery.h"

#include <kiosk/apps.h>
#include <kiosk/bridge/privacy.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "asset_type.h"

namespace web_host {
namespace {

namespace fs = std::filesystem;
using kiosk::Error;
using kiosk::ErrorCode;

/// The .ma files of a folder, by name.
std::vector<std::string> packagesIn(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.path().extension() == ".ma") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

void skipped(const std::string& path, const Error& why) {
  std::fprintf(stderr, "kiosk-web: %s is left out: %s\n", path.c_str(), why.message.c_str());
}

Json permissionsOf(const kiosk::Manifest& manifest, const kiosk::ManifestTexts& texts,
                   const Gallery& gallery, const std::string& language) {
  Json list = Json::array();
  for (const auto* declared : {&manifest.requiredPermissions, &manifest.optionalPermissions}) {
    for (const auto& permission : *declared) {
      list.push_back({{"name", permission.name},
                      {"title", gallery.titleOf(permission.name, language)},
                      {"reason", texts.permissions.at(permission.name).reason},
                      {"required", declared == &manifest.requiredPermissions}});
    }
  }
  return list;
}

}  // namespace

kiosk::Result<Gallery> Gallery::load(const Sources& sources) {
  Gallery gallery;
  gallery.privacyPointsMax_ = sources.privacyPointsMax;
  auto catalogue = kiosk::bridge::Catalogue::embedded();
  if (!catalogue) return catalogue.error();
  gallery.catalogue_ = std::make_unique<kiosk::bridge::Catalogue>(*std::move(catalogue));
  kiosk::TrustStore trust;
  if (!sources.trustPath.empty()) {
    auto read = kiosk::TrustStore::readFile(sources.trustPath);
    if (!read) return read.error();
    trust = *std::move(read);
  }
  auto registry = kiosk::AppRegistry::open(sources.registryFolder, std::move(trust));
  if (!registry) return registry.error();
  for (const auto& folder : sources.folders) {
    if (!fs::is_directory(folder))
      return Error{ErrorCode::NotFound, "there is no folder " + folder};
    for (const auto& path : packagesIn(folder)) {
      if (auto installed = (*registry)->install(path); !installed) skipped(path, installed.error());
    }
  }
  auto apps = (*registry)->list();
  if (!apps) return apps.error();
  for (const auto& app : *apps) {
    auto package = (*registry)->load(app.id);
    if (!package) {
      skipped(app.id.value, package.error());
      continue;
    }
    gallery.packages_[app.id] = *std::move(package);
  }
  for (const auto& folder : sources.folders) {
    if (!fs::exists(folder + "/manifest.json")) continue;
    auto package = kiosk::loadPackage(folder);
    if (!package) {
      skipped(folder, package.error());
      continue;
    }
    gallery.packages_[(*package)->manifest.appId] = *package;
  }
  return gallery;
}

std::shared_ptr<const kiosk::Package> Gallery::find(const kiosk::AppId& app) const {
  const auto found = packages_.find(app);
  return found == packages_.end() ? nullptr : found->second;
}

std::string Gallery::nameOf(const kiosk::AppId& app, const std::string& language) const {
  const auto package = find(app);
  return package == nullptr ? app.value : package->manifest.textsFor(language).name;
}

std::int64_t Gallery::privacyPointsOf(const kiosk::AppId& app) const {
  const auto package = find(app);
  if (package == nullptr) return 0;
  return kiosk::bridge::privacyOf(package->manifest, *catalogue_, privacyPointsMax_).pointsMax;
}

std::string Gallery::titleOf(const std::string& permission, const std::string& language) const {
  if (const auto* spec = catalogue_->permission(permission)) return spec->title.in(language);
  if (const auto* method = catalogue_->find(permission);
      method != nullptr && !method->prompt.empty())
    return method->prompt.in(language);
  return permission;
}

Json Gallery::describe(const kiosk::Package& package, const std::string& language) const {
  const auto& manifest = package.manifest;
  const auto texts = manifest.textsFor(language);
  const auto privacy = kiosk::bridge::privacyOf(manifest, *catalogue_, privacyPointsMax_);
  std::size_t bytes = 0;
  for (const auto& [path, content] : package.files) bytes += content.size();
  return {{"id", manifest.appId.value},
          {"name", texts.name},
          {"shortName", texts.shortName},
          {"description", texts.description},
          {"operator", manifest.appOperator ? manifest.appOperator->name : ""},
          {"version", manifest.versionName},
          {"development", package.provenance == kiosk::Provenance::Development},
          {"permissions", permissionsOf(manifest, texts, *this, language)},
          {"privacyPoints", privacy.declaredPoints},
          {"privacyPointsMax", privacy.pointsMax},
          {"size", bytes},
          {"icon", iconOf(manifest.appId).has_value()}};
}

Json Gallery::list(const std::string& language) const {
  Json list = Json::array();
  for (const auto& [id, package] : packages_) list.push_back(describe(*package, language));
  return list;
}

std::optional<Gallery::Picture> Gallery::iconOf(const kiosk::AppId& app) const {
  const auto package = find(app);
  if (package == nullptr) return std::nullopt;
  for (const auto& icon : package->manifest.icons) {
    const auto file = package->files.find(icon.path);
    if (file == package->files.end()) continue;
    if (const auto type = imageType(file->second)) return Picture{file->second, *type};
  }
  return std::nullopt;
}

}  // namespace web_host
