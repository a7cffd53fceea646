#include "runtime/package/json_fields.h"

#include <algorithm>

#include "runtime/base/encoding.h"
#include "runtime/base/short_text.h"

namespace kiosk {
namespace {

using nlohmann::json;

constexpr int kMistakesShownMax = 10;
constexpr std::size_t kQuoteBytesMax = 60;

std::string inQuotes(std::string_view text) { return "'" + printable(text, kQuoteBytesMax) + "'"; }

std::string kindOf(const json& value) {
  if (value.is_string()) return inQuotes(value.get_ref<const std::string&>());
  if (value.is_number() || value.is_boolean()) return value.dump();
  return std::string("a value of type ") + value.type_name();
}

/// RFC 6901: `~` and `/` of a key escaped in a path.
std::string pathPart(std::string_view key) {
  std::string part;
  for (const char c : key) {
    part += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  }
  return printable(part, kQuoteBytesMax);
}

}  // namespace

void Mistakes::add(const std::string& path, const std::string& what) {
  if (++count_ > kMistakesShownMax) return;
  if (!text_.empty()) text_ += "; and ";
  text_ += (path.empty() ? "/" : path) + ": " + what;
}

std::string Mistakes::text() const {
  if (count_ <= kMistakesShownMax) return text_;
  return text_ + "; and " + std::to_string(count_ - kMistakesShownMax) + " more";
}

JsonFields::JsonFields(const json& value, std::string path, Mistakes& mistakes)
    : object_(value.is_object() ? &value : nullptr), path_(std::move(path)), mistakes_(mistakes) {
  if (object_ == nullptr) mistakes_.add(path_, kindOf(value) + " is not an object {…}");
}

std::string JsonFields::pathOf(std::string_view key) const { return path_ + "/" + pathPart(key); }

void JsonFields::mistake(std::string_view key, const std::string& what) {
  mistakes_.add(pathOf(key), what);
}

const json* JsonFields::find(const char* key) {
  known_.insert(key);
  if (object_ == nullptr) return nullptr;
  const auto found = object_->find(key);
  return found == object_->end() ? nullptr : &*found;
}

bool JsonFields::has(const char* key) const { return object_ != nullptr && object_->contains(key); }

const json* JsonFields::get(const char* key, Presence presence, std::string_view allowed) {
  const json* value = find(key);
  if (value == nullptr && object_ != nullptr && presence == Presence::Required) {
    mistake(key, "is missing; give " + std::string(allowed));
  }
  return value;
}

std::string JsonFields::text(const char* key, Presence presence, TextBounds bounds) {
  const std::string allowed = "a text of " + std::to_string(bounds.charactersMin) + " to " +
                              std::to_string(bounds.charactersMax) +
                              " characters without control characters";
  const json* value = get(key, presence, allowed);
  if (value == nullptr) return {};
  if (value->is_string()) {
    const auto& text = value->get_ref<const std::string&>();
    const std::size_t characters = codePoints(text);
    if (characters >= bounds.charactersMin && characters <= bounds.charactersMax &&
        isPrintable(text)) {
      return text;
    }
  }
  mistake(key, kindOf(*value) + " is not " + allowed);
  return {};
}

std::string JsonFields::text(const char* key, Presence presence, const TextRule& rule) {
  const json* value = get(key, presence, rule.allowed);
  if (value == nullptr) return {};
  if (value->is_string() && rule.accepts(value->get_ref<const std::string&>())) {
    return value->get<std::string>();
  }
  mistake(key, kindOf(*value) + " is not " + std::string(rule.allowed));
  return {};
}

std::string JsonFields::oneOf(const char* key, std::initializer_list<std::string_view> words,
                              std::string_view fallback) {
  const json* value = find(key);
  if (value == nullptr) return std::string(fallback);
  std::string allowed;
  for (const std::string_view word : words) {
    if (value->is_string() && value->get_ref<const std::string&>() == word)
      return std::string(word);
    allowed += (allowed.empty() ? "" : ", ") + std::string(word);
  }
  mistake(key, kindOf(*value) + " is not one of: " + allowed);
  return std::string(fallback);
}

std::optional<std::int64_t> JsonFields::integer(const char* key, Presence presence,
                                                std::int64_t min, std::int64_t max) {
  const std::string allowed =
      "a whole number from " + std::to_string(min) + " to " + std::to_string(max);
  const json* value = get(key, presence, allowed);
  if (value == nullptr) return std::nullopt;
  // No bound of ours exceeds int64, and an unsigned that does compares as out of range.
  if (value->is_number_integer() &&
      (!value->is_number_unsigned() ||
       value->get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX))) {
    const auto number = value->get<std::int64_t>();
    if (number >= min && number <= max) return number;
  }
  mistake(key, kindOf(*value) + " is not " + allowed);
  return std::nullopt;
}

bool JsonFields::boolean(const char* key) {
  const json* value = find(key);
  if (value == nullptr) return false;
  if (!value->is_boolean()) mistake(key, kindOf(*value) + " is not true or false");
  return value->is_boolean() && value->get<bool>();
}

const json* JsonFields::arrayAt(const char* key, Presence presence, std::size_t countMax) {
  const std::size_t countMin = presence == Presence::Required ? 1 : 0;
  const std::string allowed = "an array […] of " + std::to_string(countMin) + " to " +
                              std::to_string(countMax) + " elements";
  const json* value = get(key, presence, allowed);
  if (value == nullptr) return nullptr;
  if (value->is_array() && value->size() >= countMin && value->size() <= countMax) return value;
  mistake(key, (value->is_array() ? "it has " + std::to_string(value->size()) + " elements and"
                                  : kindOf(*value)) +
                   " is not " + allowed);
  return nullptr;
}

std::vector<std::string> JsonFields::texts(const char* key, Presence presence, std::size_t countMax,
                                           const TextRule& rule) {
  std::vector<std::string> list;
  std::set<std::string> seen;
  array(key, presence, countMax, [&](const json& element, const std::string& path) {
    if (!element.is_string() || !rule.accepts(element.get_ref<const std::string&>())) {
      mistakes_.add(path, kindOf(element) + " is not " + std::string(rule.allowed));
    } else if (!seen.insert(element.get<std::string>()).second) {
      mistakes_.add(path, kindOf(element) + " stands twice; name each once");
    } else {
      list.push_back(element.get<std::string>());
    }
  });
  return list;
}

void JsonFields::refuseOthers(Extensions extensions) {
  if (object_ == nullptr) return;
  for (const auto& [key, value] : object_->items()) {
    if (known_.contains(key)) continue;
    if (extensions == Extensions::Allowed && key.starts_with("x-")) continue;
    std::string names;
    for (const auto& name : known_) names += (names.empty() ? "" : ", ") + name;
    mistake(key, "there is no such field; the fields are: " + names +
                     (extensions == Extensions::Allowed ? ", and x-… for your own" : ""));
  }
}

}  // namespace kiosk
