#pragma once
// The mini-apps that this host offers, as they were found when it started.

#include <kiosk/bridge/catalogue.h>
#include <kiosk/package.h>
#include <kiosk/result.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "json.h"

namespace web_host {

/// Fixed after `load`. Threads: any.
class Gallery {
 public:
  struct Sources {
    std::string registryFolder;        ///< where verified packages are kept
    std::vector<std::string> folders;  ///< each with .ma files, or itself an unpacked app
    std::string trustPath;             ///< whose .ma files are believed; empty: nobody's
    std::uint32_t privacyPointsMax = 0;
  };
  /// Installs every .ma below `folders` that verifies; says on standard error what does not. An
  /// unpacked app runs as a development app, and is shown as one.
  /// Errors: HostError, NotFound   the registry, the key file or a folder cannot be read.
  static kiosk::Result<Gallery> load(const Sources& sources);

  /// Null: there is no such app.
  std::shared_ptr<const kiosk::Package> find(const kiosk::AppId& app) const;
  /// As its users know it; the id where it is not here any more.
  std::string nameOf(const kiosk::AppId& app, const std::string& language) const;
  /// What the most privacy points are that `app` may spend; 0: it is not here.
  std::int64_t privacyPointsOf(const kiosk::AppId& app) const;
  /// The catalogue's words for a permission; its name when there are none.
  std::string titleOf(const std::string& permission, const std::string& language) const;
  /// The list for a page, in the user's language.
  Json list(const std::string& language) const;
  /// The icon's bytes and type; none when the app has no raster icon.
  struct Picture {
    std::string_view bytes;
    std::string_view type;
  };
  std::optional<Picture> iconOf(const kiosk::AppId& app) const;
  std::size_t size() const { return packages_.size(); }

 private:
  Json describe(const kiosk::Package& package, const std::string& language) const;

  std::map<kiosk::AppId, std::shared_ptr<const kiosk::Package>> packages_;
  std::unique_ptr<kiosk::bridge::Catalogue> catalogue_;
  std::uint32_t privacyPointsMax_ = 0;
};

}  // namespace web_host
