#include <kiosk/error.h>

#include <array>

namespace kiosk {
namespace {

struct ErrorRow {
  std::string_view name;
  int number;
  bool retryable;
};

constexpr auto kErrors = std::to_array<ErrorRow>({
#define KIOSK_X(name, text, number, retryable) {text, number, retryable},
    KIOSK_ERRORS(KIOSK_X)
#undef KIOSK_X
});

const ErrorRow& entryOf(ErrorCode code) { return kErrors[static_cast<std::size_t>(code)]; }

}  // namespace

std::string_view errorName(ErrorCode code) { return entryOf(code).name; }
int errorNumber(ErrorCode code) { return entryOf(code).number; }
bool errorRetryable(ErrorCode code) { return entryOf(code).retryable; }

std::optional<ErrorCode> errorFromName(std::string_view name) {
  for (std::size_t i = 0; i < kErrors.size(); ++i) {
    if (kErrors[i].name == name) return static_cast<ErrorCode>(i);
  }
  return std::nullopt;
}

}  // namespace kiosk
