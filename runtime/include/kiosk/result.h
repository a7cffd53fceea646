#pragma once
// Result<T>: a value or an Error, the shape of std::expected (C++23). Nothing of ours throws.

#include <kiosk/check.h>
#include <kiosk/error.h>

#include <utility>
#include <variant>

namespace kiosk {

template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & {
    KIOSK_CHECK(has_value(), "value() of a failed Result");
    return std::get<0>(state_);
  }
  const T& value() const& {
    KIOSK_CHECK(has_value(), "value() of a failed Result");
    return std::get<0>(state_);
  }
  T&& value() && {
    KIOSK_CHECK(has_value(), "value() of a failed Result");
    return std::get<0>(std::move(state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const& {
    KIOSK_CHECK(!has_value(), "error() of a successful Result");
    return std::get<1>(state_);
  }
  Error&& error() && {
    KIOSK_CHECK(!has_value(), "error() of a successful Result");
    return std::get<1>(std::move(state_));
  }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  bool has_value() const { return !error_.has_value(); }
  explicit operator bool() const { return has_value(); }
  const Error& error() const {
    KIOSK_CHECK(error_.has_value(), "error() of a successful Result");
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

}  // namespace kiosk
