#pragma once
// Checks receipts with nothing but the host's public keys: no store, no network.
//
// A file of receipts is lines:
//
//   <token>                  a receipt
//   withheld <seq> <hash>    the hash of one that was erased, or is another user's
//   <head token>             the last line of a whole chain: where it ended when it was exported
//
// Lines that are empty or begin with "#" are not read.

#include <map>

#include "bridge/receipts/receipt_token.h"

namespace kiosk::bridge {

/// The host's public keys by their ids.
class ReceiptKeys {
 public:
  /// Reads a JWKS (RFC 7517). Keys of suites that are not known are passed over.
  /// Errors: InvalidParams   it is not one.
  ///         KeyInvalid      a key of a known suite is not sound, or two have one id.
  static Result<ReceiptKeys> parse(std::string_view jwks);

  /// Whether the signature of `token` is sound and its key is known.
  /// Errors: SignatureInvalid   the message says which of the two it is not.
  Result<void> check(const ReceiptToken& token) const;
  std::size_t size() const { return keys_.size(); }

 private:
  struct Key {
    const SignatureSuite* suite;
    std::string publicKey;
  };
  std::map<std::string, Key, std::less<>> keys_;
};

/// How much of the chain a file claims to hold.
enum class ReceiptSpan : std::uint8_t {
  Whole,  ///< from the first receipt on, without a gap
  Some,   ///< single ones, in their order
};

struct ReceiptReport {
  bool sound = true;
  std::uint64_t receipts = 0;  ///< that hold, up to the first bad line
  std::uint64_t withheld = 0;
  std::uint64_t gaps = 0;  ///< places where receipts are left out; only of `Some`
  std::uint64_t firstSeq = 0, lastSeq = 0;
  bool headSeen = false;  ///< without it, receipts after the last may have been left out
  /// Set when not sound: the first line that does not hold, counted from 1, and why.
  std::uint64_t badLine = 0;
  std::string why;
};

/// Checks every line of `text`.
ReceiptReport verifyReceipts(std::string_view text, const ReceiptKeys& keys, ReceiptSpan span);

}  // namespace kiosk::bridge
