#pragma once
// Structured field values (RFC 8941): the dictionaries of Signature-Input, Signature and
// Content-Digest. Strict where the RFC leaves a choice: a key that stands twice is refused, since
// two readers could take different ones, and so is base64 with stray bits or without its padding.

#include <kiosk/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace kiosk::bridge::partner {

inline constexpr std::size_t kFieldBytesMax = 8192;
inline constexpr std::size_t kFieldMembersMax = 32;

enum class BareKind : std::uint8_t { Integer, Decimal, String, Token, Bytes, Boolean };

struct BareItem {
  BareKind kind = BareKind::Boolean;
  std::int64_t number = 1;  ///< an integer; thousandths of a decimal; 0 or 1 of a boolean
  std::string text;         ///< of a string or token, or raw bytes; no escapes

  bool operator==(const BareItem&) const = default;
};

/// Keys in their order, each once.
using FieldParameters = std::vector<std::pair<std::string, BareItem>>;

struct FieldItem {
  BareItem value;
  FieldParameters parameters;
};

struct InnerList {
  std::vector<FieldItem> items;
  FieldParameters parameters;
};

struct FieldMember {
  std::string key;
  std::variant<FieldItem, InnerList> value;
};
using FieldDictionary = std::vector<FieldMember>;

/// Reads `text`, one header's whole value.
/// Errors: InvalidParams   not a dictionary, or over a bound; the message gives the byte offset.
Result<FieldDictionary> parseDictionary(std::string_view text);

/// The value called `key`; null when there is none. Borrowed from the container.
const FieldMember* findMember(const FieldDictionary& dictionary, std::string_view key);
const BareItem* findParameter(const FieldParameters& parameters, std::string_view key);

/// The one way to write a value (RFC 8941, section 4.1).
std::string serializeItem(const BareItem& item);
std::string serializeList(const InnerList& list);

/// RFC 4648 section 4, with padding.
std::string toBase64(std::string_view bytes);

}  // namespace kiosk::bridge::partner
