#pragma once
// Strong types for identifiers: a UserId cannot be passed where an AppId is meant.

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace kiosk {

template <class Tag>
struct Id {
  std::string value;

  Id() = default;
  explicit Id(std::string text) : value(std::move(text)) {}
  bool empty() const { return value.empty(); }
  auto operator<=>(const Id&) const = default;
};

/// Reverse-DNS name of a mini-app as its manifest gives it, e.g. "ru.post.parcel"; at most 128
/// bytes.
using AppId = Id<struct AppIdTag>;
/// The host's own id of a user. Never shown to a mini-app: it sees a pairwise id.
using UserId = Id<struct UserIdTag>;
/// One running mini-app for one user: 128 random bits in hex.
using SessionId = Id<struct SessionIdTag>;

}  // namespace kiosk

template <class Tag>
struct std::hash<kiosk::Id<Tag>> {
  std::size_t operator()(const kiosk::Id<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.value);
  }
};
