#pragma once
// What a receipt says: one for each grant, refusal, revocation and payment. docs/receipts.md lists
// the members and the fields of Kantara's consent receipt and ISO/IEC TS 27560 that they are.

#include <kiosk/bridge/consents.h>
#include <kiosk/door.h>
#include <kiosk/ids.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "bridge/consent_question.h"

namespace kiosk::bridge {

inline constexpr std::string_view kReceiptVersion = "kiosk-receipt-1";

enum class ReceiptKind : std::uint8_t { Grant, Refusal, Revocation, Payment };
/// "grant", "refusal", "revocation", "payment".
std::string_view receiptKindName(ReceiptKind kind);
std::optional<ReceiptKind> receiptKindFromName(std::string_view name);

/// How the user's word came to the host.
enum class CollectionMethod : std::uint8_t {
  Sheet,     ///< a consent sheet that the host drew
  Settings,  ///< the host's own settings
  App,       ///< the mini-app gave it back (`consent.revoke`)
};

/// A receipt but for its place in the chain.
struct ReceiptDraft {
  std::string id;  ///< 128 random bits, hex; unique
  ReceiptKind kind = ReceiptKind::Grant;
  std::int64_t atMs = 0;  ///< wall clock
  UserId user;            ///< for finding it again; never in the token
  AppId app;
  std::string permission;  ///< or the method's name, for a method that asks without a permission
  /// The receipt that this one follows: of the grant that is taken back, of the consent that a
  /// payment rests on. Empty: none. Its controller, app and principal are taken over.
  std::string relatesTo;
  nlohmann::json body = nlohmann::json::object();  ///< the other members
};

/// The members that a question gives: who asks what, for which purpose, in which words.
/// `principal` is the user as the app's developer knows them.
nlohmann::json bodyOf(const SessionInfo& session, const ConsentQuestion& question,
                      const std::string& principal);

/// The members of a revocation.
nlohmann::json revocationBody(CollectionMethod method);

/// What a receipt takes over from the one that it relates to.
nlohmann::json inheritedBody(const nlohmann::json& payload);

}  // namespace kiosk::bridge
