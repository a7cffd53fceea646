// RFC 8785, the JSON Canonicalization Scheme: no white space, members sorted by the UTF-16 code
// units of their names, numbers and strings as ECMAScript's JSON.stringify writes them.

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "runtime/base/encoding.h"
#include "runtime/base/json.h"

namespace kiosk {
namespace {

using nlohmann::json;

/// What we canonicalise is ours or came through parseJson; deeper is refused, not recursed into.
constexpr int kDepthMax = 64;

/// Beyond it two integers share one double, and RFC 8785 knows doubles only.
constexpr std::int64_t kIntegerMax = std::int64_t{1} << 53;

/// Order of UTF-16 code units. It is the order of UTF-8 bytes except that the code points from
/// U+10000 (lead bytes from F0, surrogates in UTF-16) come before U+E000..U+FFFF (lead bytes EE,
/// EF).
bool utf16Less(std::string_view a, std::string_view b) {
  const auto [atA, atB] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (atA == a.end() || atB == b.end()) return atA == a.end() && atB != b.end();
  const auto byteA = static_cast<std::uint8_t>(*atA), byteB = static_cast<std::uint8_t>(*atB);
  if (byteA >= 0xee && byteB >= 0xee && (byteA >= 0xf0) != (byteB >= 0xf0)) return byteA >= 0xf0;
  return byteA < byteB;
}

Error refusal(std::string message) { return {ErrorCode::InvalidParams, std::move(message)}; }

/// Number::toString of ECMAScript for a finite value.
void writeDouble(double value, std::string& out) {
  if (value == 0) {  // and -0
    out += '0';
    return;
  }
  if (value < 0) out += '-';
  // d.ddddde[+-]xx, the fewest digits that read back as the same double; the buffer's last byte
  // stays NUL, which ends the exponent.
  std::array<char, 32> buffer{};
  const auto [end, problem] = std::to_chars(buffer.data(), buffer.data() + buffer.size() - 1,
                                            std::fabs(value), std::chars_format::scientific);
  KIOSK_CHECK(problem == std::errc{}, "17 digits and an exponent fit");
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const auto exponentAt = text.find('e');
  std::string digits;
  for (const char c : text.substr(0, exponentAt)) {
    if (c != '.') digits += c;
  }
  const int point = std::atoi(text.data() + exponentAt + 1) + 1;  // digits before the point
  const int count = static_cast<int>(digits.size());
  if (point > 0 && point <= 21) {
    if (count <= point) {
      out += digits;
      out.append(static_cast<std::size_t>(point - count), '0');
    } else {
      out += digits.substr(0, static_cast<std::size_t>(point)) + '.' +
             digits.substr(static_cast<std::size_t>(point));
    }
  } else if (point > -6 && point <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-point), '0');
    out += digits;
  } else {
    out += digits[0];
    if (count > 1) out += '.' + digits.substr(1);
    out += point > 0 ? "e+" : "e-";
    out += std::to_string(std::abs(point - 1));
  }
}

Result<void> writeString(const std::string& text, std::string& out) {
  if (!isUtf8(text)) return refusal("a string that is not UTF-8 has no canonical form");
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<std::uint8_t>(c) < 0x20) {
          const auto byte = static_cast<std::uint8_t>(c);
          out += "\\u00" + toHex(Bytes(&byte, 1));
        } else {
          out += c;
        }
    }
  }
  out += '"';
  return {};
}

Result<void> writeCanonical(const json& value, int depth, std::string& out);

Result<void> writeObject(const json& value, int depth, std::string& out) {
  std::vector<const json::object_t::value_type*> members;
  for (const auto& member : value.get_ref<const json::object_t&>()) members.push_back(&member);
  std::sort(members.begin(), members.end(),
            [](const auto* a, const auto* b) { return utf16Less(a->first, b->first); });
  out += '{';
  for (const auto* member : members) {
    if (member != members.front()) out += ',';
    if (auto done = writeString(member->first, out); !done) return done;
    out += ':';
    if (auto done = writeCanonical(member->second, depth + 1, out); !done) return done;
  }
  out += '}';
  return {};
}

Result<void> writeArray(const json& value, int depth, std::string& out) {
  out += '[';
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (i > 0) out += ',';
    if (auto done = writeCanonical(value[i], depth + 1, out); !done) return done;
  }
  out += ']';
  return {};
}

Result<void> writeCanonical(const json& value, int depth, std::string& out) {
  if (depth > kDepthMax) return refusal("nested too deep for a canonical form");
  switch (value.type()) {
    case json::value_t::null:
      out += "null";
      return {};
    case json::value_t::boolean:
      out += value.get<bool>() ? "true" : "false";
      return {};
    case json::value_t::string:
      return writeString(value.get_ref<const std::string&>(), out);
    case json::value_t::object:
      return writeObject(value, depth, out);
    case json::value_t::array:
      return writeArray(value, depth, out);
    case json::value_t::number_unsigned:
      if (value.get<std::uint64_t>() > static_cast<std::uint64_t>(kIntegerMax)) break;
      out += std::to_string(value.get<std::uint64_t>());
      return {};
    case json::value_t::number_integer:
      if (value.get<std::int64_t>() > kIntegerMax || value.get<std::int64_t>() < -kIntegerMax)
        break;
      out += std::to_string(value.get<std::int64_t>());
      return {};
    case json::value_t::number_float:
      if (!std::isfinite(value.get<double>())) return refusal("NaN and Infinity are not JSON");
      writeDouble(value.get<double>(), out);
      return {};
    case json::value_t::binary:
    case json::value_t::discarded:
      return refusal("not a JSON value");
  }
  return refusal("an integer beyond 2^53 has no canonical form: send it as a string");
}

}  // namespace

Result<std::string> canonicalJson(const json& value) {
  std::string out;
  if (auto done = writeCanonical(value, 0, out); !done) return done.error();
  return out;
}

}  // namespace kiosk
