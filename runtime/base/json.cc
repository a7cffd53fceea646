#include "runtime/base/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>
#include <vector>

#include "runtime/base/encoding.h"
#include "runtime/base/guard.h"

namespace kiosk {
namespace {

using nlohmann::json;

/// Walks the text for the lexer and lets the handler see how far it got, for its messages.
class CountingIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator() = default;
  /// `seen` is borrowed and may be null.
  CountingIterator(const char* at, const char** seen) : at_(at), seen_(seen) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    *seen_ = ++at_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }

 private:
  const char* at_ = nullptr;
  const char** seen_ = nullptr;
};

/// Whether `value` is the very number that the integer literal `digits` ([-]digits) names.
bool holdsInteger(double value, std::string_view digits) {
  // The largest double has 309 digits before the point.
  std::array<char, 320> exact;
  const auto [end, problem] =
      std::to_chars(exact.data(), exact.data() + exact.size(), value, std::chars_format::fixed, 0);
  return problem == std::errc{} &&
         std::string_view(exact.data(), static_cast<std::size_t>(end - exact.data())) == digits;
}

/// Builds the value while the text is read; refuses before it builds. Nothing deeper than
/// `depthMax` ever exists, so that destroying and copying what it built cannot overflow the stack.
class BoundedBuilder final : public nlohmann::json_sax<json> {
 public:
  explicit BoundedBuilder(const JsonBounds& bounds) : bounds_(bounds) {}

  json& result() { return root_; }
  /// Set when an event was refused or the text is not JSON.
  const std::optional<Error>& problem() const { return problem_; }
  /// The offset stands in the message already.
  bool problemIsLocated() const { return located_; }

  bool null() override { return add(json(nullptr)); }
  bool boolean(bool value) override { return add(json(value)); }
  bool number_integer(std::int64_t value) override { return add(json(value)); }
  bool number_unsigned(std::uint64_t value) override { return add(json(value)); }
  bool binary(json::binary_t&) override { return false; }

  bool number_float(double value, const std::string& text) override {
    const bool integer = text.find_first_of(".eE") == std::string::npos;
    const auto mantissa = std::string_view(text).substr(0, text.find_first_of("eE"));
    const bool vanished = value == 0 && mantissa.find_first_of("123456789") != text.npos;
    const bool exact = std::isfinite(value) && !vanished && (!integer || holdsInteger(value, text));
    if (!KIOSK_GUARD("json.numbers", exact)) {
      return refuse("a number that neither a double nor a 64-bit integer holds");
    }
    return add(json(value));
  }

  bool string(std::string& value) override { return add(json(std::move(value))); }

  bool key(std::string& name) override {
    if (!countValue()) return false;
    auto& object = open_.back()->get_ref<json::object_t&>();
    const auto [slot, inserted] = object.try_emplace(std::move(name));
    if (!KIOSK_GUARD("json.keys", inserted))
      return refuse("the key '" + printable(slot->first, 80) + "' stands twice");
    member_ = &slot->second;
    return true;
  }

  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t position, const std::string&, const json::exception&) override {
    refuse("not JSON near byte " + std::to_string(position));
    located_ = true;
    return false;
  }

 private:
  bool refuse(std::string message, ErrorCode code = ErrorCode::InvalidParams) {
    problem_ = Error{code, std::move(message)};
    return false;
  }

  bool countValue() {
    if (KIOSK_GUARD("json.values", ++values_ <= bounds_.valuesMax)) return true;
    return refuse("more than " + std::to_string(bounds_.valuesMax) + " JSON values",
                  ErrorCode::PayloadTooLarge);
  }

  /// Puts `value` where the text is; null when a bound was passed.
  json* place(json&& value) {
    if (!countValue()) return nullptr;
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    json& parent = *open_.back();
    if (parent.is_array()) return &parent.get_ref<json::array_t&>().emplace_back(std::move(value));
    *member_ = std::move(value);
    return member_;
  }

  bool add(json&& value) { return place(std::move(value)) != nullptr; }

  bool open(json&& value) {
    if (!KIOSK_GUARD("json.depth", open_.size() < bounds_.depthMax)) {
      return refuse("JSON nested deeper than " + std::to_string(bounds_.depthMax),
                    ErrorCode::PayloadTooLarge);
    }
    json* placed = place(std::move(value));
    if (placed == nullptr) return false;
    open_.push_back(placed);
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  const JsonBounds& bounds_;
  json root_;
  /// The containers that are open, outermost first. A parent does not grow while a child is open,
  /// so the pointers hold.
  std::vector<json*> open_;
  json* member_ = nullptr;  ///< where the value of the last key goes
  std::uint32_t values_ = 0;
  std::optional<Error> problem_;
  bool located_ = false;
};

}  // namespace

Result<json> parseJson(std::string_view text, const JsonBounds& bounds) {
  if (text.size() > bounds.bytesMax) {
    return Error{ErrorCode::PayloadTooLarge,
                 "more than " + std::to_string(bounds.bytesMax) + " bytes of JSON"};
  }
  // The lexer takes NUL for the end of its input and skips a byte order mark.
  if (const auto nul = text.find('\0'); nul != text.npos) {
    return Error{ErrorCode::InvalidParams, "a NUL byte at byte " + std::to_string(nul)};
  }
  if (text.starts_with("\xef\xbb\xbf")) {
    return Error{ErrorCode::InvalidParams, "a byte order mark at byte 0"};
  }
  const char* seen = text.data();
  const CountingIterator begin(text.data(), &seen), end(text.data() + text.size(), nullptr);
  BoundedBuilder builder(bounds);
  if (!json::sax_parse(begin, end, &builder)) {
    KIOSK_CHECK(builder.problem().has_value(), "the parser says why it stopped");
    Error error = *builder.problem();
    if (!builder.problemIsLocated()) {
      error.message += ", near byte " + std::to_string(seen - text.data());
    }
    return error;
  }
  return std::move(builder.result());
}

std::string dumpJson(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace kiosk
