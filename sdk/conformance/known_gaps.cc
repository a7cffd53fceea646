#include "sdk/conformance/known_gaps.h"

#include <algorithm>
#include <charconv>

#include "runtime/base/json.h"

namespace kiosk::conformance {
namespace {

constexpr std::size_t kGapTextBytesMax = 500;

Error gapError(const std::string& what) { return {ErrorCode::InvalidParams, what}; }

bool takeGapText(const nlohmann::json& item, const char* name, std::string& text) {
  const auto found = item.find(name);
  if (found == item.end() || !found->is_string()) return false;
  text = found->get<std::string>();
  return !text.empty() && text.size() <= kGapTextBytesMax;
}

int digitsAt(std::string_view text, std::size_t at, std::size_t count) {
  int number = -1;
  const char* const end = text.data() + at + count;
  const auto read = std::from_chars(text.data() + at, end, number);
  return read.ec == std::errc{} && read.ptr == end ? number : -1;
}

}  // namespace

bool isDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const int year = digitsAt(text, 0, 4), month = digitsAt(text, 5, 2), day = digitsAt(text, 8, 2);
  return year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

Result<std::vector<KnownGap>> readKnownGaps(std::string_view text) {
  const auto list = parseJson(text);
  if (!list) return list.error();
  if (!list->is_array()) return gapError("it is a list of gaps");
  if (list->size() > kKnownGapsMax) return gapError("it holds too many gaps");
  std::vector<KnownGap> gaps;
  for (const auto& item : *list) {
    KnownGap gap;
    const bool whole = item.is_object() && item.size() == 4 && takeGapText(item, "id", gap.id) &&
                       takeGapText(item, "owner", gap.owner) &&
                       takeGapText(item, "reason", gap.reason) &&
                       takeGapText(item, "until", gap.until) && isDay(gap.until);
    if (!whole) return gapError("a gap has id, owner, reason and until, a day as YYYY-MM-DD");
    const bool twice = std::any_of(gaps.begin(), gaps.end(),
                                   [&](const KnownGap& other) { return other.id == gap.id; });
    if (twice) return gapError(gap.id + " stands twice");
    gaps.push_back(std::move(gap));
  }
  return gaps;
}

}  // namespace kiosk::conformance
