// Goal: what the bounded reader takes is JSON within its bounds, and a canonical form is the only
// one. Method: held against nlohmann's own reader, its bounds counted again, written and read back.

#include "runtime/base/json.h"

#include <algorithm>
#include <cmath>

#include "runtime/base/encoding.h"
#include "tests/fuzz/fuzz.h"

namespace kiosk::fuzz {
namespace {

using nlohmann::json;

constexpr JsonBounds kTightBounds{.bytesMax = 512, .depthMax = 5, .valuesMax = 40};
/// A canonical form may be longer than what it was made of: 1e20 has 21 digits.
constexpr JsonBounds kWideBounds{.bytesMax = 64u << 20, .depthMax = 64, .valuesMax = 1u << 20};

struct JsonSize {
  std::uint32_t depth = 0, values = 0;
};

void measure(const json& value, std::uint32_t depth, JsonSize& size) {
  ++size.values;
  if (!value.is_structured()) return;
  size.depth = std::max(size.depth, depth + 1);
  if (value.is_object()) size.values += static_cast<std::uint32_t>(value.size());  // the keys
  for (const json& child : value) measure(child, depth + 1, size);
}

void checkBounds(std::string_view text, const json& value, const JsonBounds& bounds) {
  JsonSize size;
  measure(value, 0, size);
  KIOSK_CHECK(text.size() <= bounds.bytesMax, "accepted text is within the bytes");
  KIOSK_CHECK(size.depth <= bounds.depthMax, "accepted JSON is within the depth");
  KIOSK_CHECK(size.values <= bounds.valuesMax, "accepted JSON is within the values");
}

/// Whether a whole number that only a double holds is in `value`. Its canonical form (RFC 8785) is
/// an integer with rounded digits, 2^64 being 18446744073709552000, which the reader refuses.
bool hasRoundedInteger(const json& value) {
  if (value.is_number_float()) {
    const double size = std::fabs(value.get<double>());
    return size > 0x1p53 && size < 1e21;
  }
  return value.is_structured() && std::any_of(value.begin(), value.end(), hasRoundedInteger);
}

void checkCanonical(const json& value) {
  const auto canonical = canonicalJson(value);
  if (!canonical) {
    KIOSK_CHECK(canonical.error().code == ErrorCode::InvalidParams, "the code that is declared");
    return;
  }
  if (hasRoundedInteger(value)) return;
  const auto again = parseJson(*canonical, kWideBounds);
  KIOSK_CHECK(again.has_value(), "a canonical form is JSON");
  const auto twice = canonicalJson(*again);
  KIOSK_CHECK(twice.has_value() && *twice == *canonical, "the canonical form of itself is itself");
}

}  // namespace

void tryInput(std::string_view input) {
  const auto tight = parseJson(input, kTightBounds);
  const auto value = parseJson(input);
  KIOSK_CHECK(value.has_value() || !tight.has_value(), "tighter bounds take nothing more");
  if (!value) {
    const auto code = value.error().code;
    KIOSK_CHECK(code == ErrorCode::PayloadTooLarge || code == ErrorCode::InvalidParams,
                "the codes that are declared");
    KIOSK_CHECK(isUtf8(value.error().message), "a message can be shown");
    return;
  }
  if (tight) {
    KIOSK_CHECK(*tight == *value, "bounds change no value");
    checkBounds(input, *tight, kTightBounds);
  }
  checkBounds(input, *value, {});
  KIOSK_CHECK(isUtf8(input), "accepted text is UTF-8");
  const auto other = json::parse(input, nullptr, false);
  KIOSK_CHECK(!other.is_discarded() && other == *value, "another reader reads the same");
  const auto again = parseJson(dumpJson(*value), kWideBounds);
  KIOSK_CHECK(again.has_value() && *again == *value, "what is written is read back");
  checkCanonical(*value);
}

std::vector<Seed> madeSeeds() {
  std::string deep, wide = "[0";
  for (int i = 0; i < 32; ++i) deep += '[';
  for (int i = 0; i < 32; ++i) deep += ']';
  for (int i = 0; i < 16'380; ++i) wide += ",0";
  return {{"deepest", deep}, {"too-deep", "[" + deep + "]"}, {"widest", wide + "]"}};
}

}  // namespace kiosk::fuzz
