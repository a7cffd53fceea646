#pragma once
// The host's receipts: signed, numbered, each naming the hash of the one before.
//
//   receipts         seq, id, kind, token_hash      the chain; append-only
//   receipt_tokens   seq, user_id, app_id, token    what each says; goes when its user is erased
//
// The two are apart so that erasing a user leaves the chain whole: what is left of an erased
// receipt is its hash, and the ones around it still prove that nothing else is missing.
//
// All functions with a `soci::session` run inside a job of the store, next to the change that the
// receipt speaks of, so that neither is there without the other. They throw what SOCI throws.

#include <soci/soci.h>

#include <vector>

#include "bridge/receipts/receipt.h"
#include "bridge/receipts/receipt_token.h"

namespace kiosk::bridge {

/// Immutable once made, so any thread may use it.
class ReceiptBook {
 public:
  ReceiptBook(std::unique_ptr<ReceiptSigner> signer, ReceiptIssuer issuer);

  /// Signs `draft` as the next of the chain and stores it.
  /// Errors: InvalidParams, PayloadTooLarge   it says more than a receipt can hold.
  Result<void> append(soci::session& sql, const ReceiptDraft& draft) const;

  /// A token over where the chain ends, which closes an export. Empty when there is no receipt yet.
  Result<std::string> head(soci::session& sql, std::int64_t nowMs) const;

 private:
  std::unique_ptr<ReceiptSigner> signer_;
  ReceiptIssuer issuer_;
};

/// The payload of receipt `id`; none when there is no such receipt or it was erased.
std::optional<nlohmann::json> findReceipt(soci::session& sql, const std::string& id);

/// Which receipts to read.
struct ReceiptFilter {
  std::string user, app;  ///< empty: of all
  std::int64_t afterSeq = 0;
  std::int64_t countMax = 1000;
};
/// In the order of the chain; of all users and apps, erased ones too, or of those that are asked
/// for.
std::vector<StoredReceipt> readReceipts(soci::session& sql, const ReceiptFilter& filter);

/// The newest `countMax` of one user and app, newest first.
std::vector<StoredReceipt> newestReceipts(soci::session& sql, const UserId& user, const AppId& app,
                                          std::int64_t countMax);

/// Takes away what the receipts of `user` say; their hashes stay in the chain. Answers how many.
std::int64_t eraseReceipts(soci::session& sql, const UserId& user);

}  // namespace kiosk::bridge
