// Files: the page's own, icons of mini-apps, and what their views show.

#include <array>

#include "answer.h"
#include "asset_type.h"
#include "bounds.h"
#include "routes.h"
#include "secrets.h"

namespace web_host {
namespace {

using kiosk::Error;
using kiosk::ErrorCode;

struct FileKind {
  std::string_view ending, type;
};

/// What the page may be made of.
constexpr std::array<FileKind, 7> kFileKinds = {{{".html", "text/html; charset=utf-8"},
                                                 {".js", "text/javascript; charset=utf-8"},
                                                 {".css", "text/css; charset=utf-8"},
                                                 {".png", "image/png"},
                                                 {".woff2", "font/woff2"},
                                                 {".ico", "image/x-icon"},
                                                 {".map", "application/json"}}};

/// None for a name that is no plain one of a listed kind.
std::optional<std::string_view> kindOf(const std::string& name) {
  constexpr std::size_t kNameBytesMax = 64;
  const bool isPlain =
      name.size() <= kNameBytesMax && !name.empty() && name[0] != '.' &&
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == std::string::npos;
  if (!isPlain) return std::nullopt;
  for (const auto& kind : kFileKinds) {
    if (name.size() > kind.ending.size() && name.ends_with(kind.ending)) return kind.type;
  }
  return std::nullopt;
}

void notFound(httplib::Response& response) {
  answerError(response, {ErrorCode::NotFound, "There is nothing here."});
}

void sendFile(const Api& api, const std::string& name, httplib::Response& response) {
  const auto kind = kindOf(name);
  if (!kind || api.staticFolder.empty()) return notFound(response);
  const auto bytes = readWhole(api.staticFolder + "/" + name, kStaticFileBytesMax);
  if (!bytes) return notFound(response);
  setHeader(response, "Content-Security-Policy", pagePolicy());
  setHeader(response, "Cache-Control", "no-cache");
  answerBytes(response, *bytes, *kind);
}

/// Bytes of a mini-app: of a type that was found, in a sandbox of their own.
void sendAsset(httplib::Response& response, std::string_view bytes, std::string_view type) {
  setHeader(response, "Content-Security-Policy", "sandbox; default-src 'none'");
  setHeader(response, "Cache-Control", "private, max-age=3600");
  answerBytes(response, bytes, type);
}

void sendIcon(const Api& api, const Ask& ask, httplib::Response& response) {
  const auto icon = api.gallery.iconOf(kiosk::AppId(ask.parts[0]));
  if (!icon) return notFound(response);
  sendAsset(response, icon->bytes, icon->type);
}

void sendPackageFile(Api& api, const Ask& ask, httplib::Response& response) {
  using PackagePtr = std::shared_ptr<const kiosk::Package>;
  const auto package = api.loop.ask<PackagePtr>(
      [&api, user = ask.login.user, id = ask.parts[0]](Loop::Done<PackagePtr> done) {
        auto* app = api.worlds.of(user).find(id);
        if (app == nullptr) return done(Error{ErrorCode::NotFound, "There is nothing here."});
        done(app->session().info().package);
      });
  if (!package) return answerError(response, package.error());
  const auto file = (*package)->files.find(ask.parts[1]);
  if (file == (*package)->files.end()) return notFound(response);
  const auto type = assetType(file->second);
  if (!type) return notFound(response);
  sendAsset(response, file->second, *type);
}

}  // namespace

void addFileRoutes(Router& router, Api& api) {
  router.on("GET", "/assets/*/**",
            [&api](const Ask& ask, auto& response) { sendPackageFile(api, ask, response); });
  router.on("GET", "/icons/*",
            [&api](const Ask& ask, auto& response) { sendIcon(api, ask, response); });
  router.on("GET", "/*", [&api](const Ask& ask, auto& response) {
    sendFile(api, ask.parts[0].empty() ? "index.html" : ask.parts[0], response);
  });
}

}  // namespace web_host
