#pragma once
// Reads an object of JSON field by field and notes each mistake with its path, what is wrong and
// what is allowed. After a mistake the reading goes on with a harmless value, so that one run shows
// all.

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// Mistakes found so far; later ones than the tenth are counted only.
class Mistakes {
 public:
  void add(const std::string& path, const std::string& what);
  bool none() const { return count_ == 0; }
  std::string text() const;

 private:
  std::string text_;
  int count_ = 0;
};

/// A check of a text and the words for what it allows.
struct TextRule {
  bool (*accepts)(std::string_view text);
  std::string_view allowed;
};

struct TextBounds {
  std::size_t charactersMin = 1;
  std::size_t charactersMax = 200;
};

enum class Presence : std::uint8_t { Required, Optional };

class JsonFields {
 public:
  /// Both borrowed for the object's life. When `value` is no object that is a mistake, and every
  /// field counts as absent without another one.
  JsonFields(const nlohmann::json& value, std::string path, Mistakes& mistakes);

  /// The value at `key`, noted as known; null when absent.
  const nlohmann::json* find(const char* key);
  bool has(const char* key) const;
  std::string pathOf(std::string_view key) const;

  /// A string of printable characters without line ends, within `bounds`.
  std::string text(const char* key, Presence presence, TextBounds bounds);
  /// A string that `rule` accepts.
  std::string text(const char* key, Presence presence, const TextRule& rule);
  /// One of `words`; `fallback` when absent.
  std::string oneOf(const char* key, std::initializer_list<std::string_view> words,
                    std::string_view fallback);
  /// A whole number from `min` to `max`.
  std::optional<std::int64_t> integer(const char* key, Presence presence, std::int64_t min,
                                      std::int64_t max);
  bool boolean(const char* key);
  /// An array of different strings that `rule` accepts.
  std::vector<std::string> texts(const char* key, Presence presence, std::size_t countMax,
                                 const TextRule& rule);
  /// An array of `countMin`..`countMax` elements; calls `each(element, path)`.
  template <class Each>
  void array(const char* key, Presence presence, std::size_t countMax, Each each) {
    const nlohmann::json* list = arrayAt(key, presence, countMax);
    if (list == nullptr) return;
    for (std::size_t i = 0; i < list->size(); ++i) {
      each((*list)[i], pathOf(key) + "/" + std::to_string(i));
    }
  }

  void mistake(std::string_view key, const std::string& what);
  /// Notes every field that nobody asked for, but for `x-…` when `extensions` are allowed.
  enum class Extensions : std::uint8_t { Refused, Allowed };
  void refuseOthers(Extensions extensions = Extensions::Refused);

 private:
  /// The value at `key`; null when absent, which is a mistake when it is required.
  const nlohmann::json* get(const char* key, Presence presence, std::string_view allowed);
  /// The array at `key` when it is one and not too long.
  const nlohmann::json* arrayAt(const char* key, Presence presence, std::size_t countMax);

  const nlohmann::json* object_;  ///< null when it is none
  const std::string path_;
  Mistakes& mistakes_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace kiosk
