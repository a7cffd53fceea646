// Goal: the one list of errors keeps its three faces together. Method: walk the list.
#include <doctest/doctest.h>
#include <kiosk/error.h>

TEST_CASE("errors: every name leads back to its code") {
#define KIOSK_X(name, text, number, retryable)                       \
  CHECK(kiosk::errorName(kiosk::ErrorCode::name) == text);           \
  CHECK(kiosk::errorNumber(kiosk::ErrorCode::name) == number);       \
  CHECK(kiosk::errorRetryable(kiosk::ErrorCode::name) == retryable); \
  CHECK(kiosk::errorFromName(text) == kiosk::ErrorCode::name);
  KIOSK_ERRORS(KIOSK_X)
#undef KIOSK_X
  CHECK_FALSE(kiosk::errorFromName("no_such_error").has_value());
}
