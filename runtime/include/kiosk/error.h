#pragma once
// The one list of errors. A code has three faces that never differ: the C++ enumerator, the string
// that JavaScript and JSON-RPC see, and a stable number (`errno`) for hosts that map to wx-style
// codes.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk {

// X(enumerator, string, errno, retryable)
#define KIOSK_ERRORS(X)                                               \
  X(InvalidParams, "invalid_params", 100, false)                      \
  X(Unsupported, "unsupported", 101, false)                           \
  X(NotDeclared, "not_declared", 102, false)                          \
  X(PermissionDenied, "permission_denied", 103, false)                \
  X(PermissionBlocked, "permission_blocked", 104, true)               \
  X(ActivationRequired, "activation_required", 105, true)             \
  X(Timeout, "timeout", 106, true)                                    \
  X(Cancelled, "cancelled", 107, false)                               \
  X(Busy, "busy", 108, true)                                          \
  X(RateLimited, "rate_limited", 109, true)                           \
  X(QuotaExceeded, "quota_exceeded", 110, false)                      \
  X(PayloadTooLarge, "payload_too_large", 111, false)                 \
  X(NotReady, "not_ready", 112, true)                                 \
  X(BackgroundForbidden, "background_forbidden", 113, true)           \
  X(Offline, "offline", 114, true)                                    \
  X(NetworkError, "network_error", 115, true)                         \
  X(HostError, "host_error", 116, true)                               \
  X(Internal, "internal", 117, false)                                 \
  X(Revoked, "revoked", 118, false)                                   \
  X(VersionTooOld, "version_too_old", 119, false)                     \
  X(PolicyRefused, "policy_refused", 120, false)                      \
  X(UserRefused, "user_refused", 200, false)                          \
  X(NotVerified, "not_verified", 201, false)                          \
  X(OrderInvalid, "order_invalid", 300, false)                        \
  X(OrderExpired, "order_expired", 301, false)                        \
  X(SignatureInvalid, "signature_invalid", 302, false)                \
  X(AmountMismatch, "amount_mismatch", 303, false)                    \
  X(DuplicateOrder, "duplicate_order", 304, false)                    \
  X(InsufficientFunds, "insufficient_funds", 305, false)              \
  X(Declined, "declined", 306, false)                                 \
  X(OutcomeUnknown, "outcome_unknown", 307, true)                     \
  X(MerchantUnknown, "merchant_unknown", 308, false)                  \
  X(LimitExceeded, "limit_exceeded", 309, false)                      \
  X(KeyInvalid, "key_invalid", 500, false)                            \
  X(StorageFull, "storage_full", 501, false)                          \
  X(Locked, "locked", 502, true)                                      \
  X(DomainNotAllowed, "domain_not_allowed", 600, false)               \
  X(InsecureScheme, "insecure_scheme", 601, false)                    \
  X(AddressForbidden, "address_forbidden", 602, false)                \
  X(TooManyConnections, "too_many_connections", 603, true)            \
  X(NotFound, "not_found", 703, false)                                \
  X(PackageBadZip, "package.bad_zip", 800, false)                     \
  X(PackageSignatureInvalid, "package.signature_invalid", 801, false) \
  X(PackageHashMismatch, "package.hash_mismatch", 802, false)         \
  X(PackageManifestInvalid, "package.manifest_invalid", 803, false)   \
  X(PackageRevoked, "package.revoked", 804, false)                    \
  X(PackageDowngrade, "package.downgrade", 805, false)                \
  X(PackageTooLarge, "package.too_large", 806, false)                 \
  X(PackageUnsigned, "package.unsigned", 807, false)                  \
  X(PackageUntrusted, "package.untrusted", 808, false)

enum class ErrorCode : std::uint16_t {
#define KIOSK_X(name, text, number, retryable) name,
  KIOSK_ERRORS(KIOSK_X)
#undef KIOSK_X
};

/// The string of `code` as JavaScript sees it, e.g. "permission_denied".
std::string_view errorName(ErrorCode code);

/// The stable number of `code`, e.g. 103.
int errorNumber(ErrorCode code);

/// Whether the same call may succeed later without a change by the app.
bool errorRetryable(ErrorCode code);

/// The code whose string is `name`; none if there is no such string.
std::optional<ErrorCode> errorFromName(std::string_view name);

/// Why something did not happen. `message` says what to do, and names nothing of another app or
/// user.
struct Error {
  ErrorCode code = ErrorCode::Internal;
  std::string message;
  /// For rate_limited and permission_blocked: when to try again, in milliseconds from now.
  std::optional<std::int64_t> retryAfterMs = std::nullopt;
};

}  // namespace kiosk
