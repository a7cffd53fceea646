#pragma once
// How the package of a case is spoilt before a host is given it: a list of named changes, each of
// one step of its making. docs/conformance.md has them for people.
//
//   files      add, remove, header, reverse, insert, end      the maker's: signed as they are
//   signing    signer, payload, signature, malleable, cosign, block
//   bytes      flip, truncate, append                         somebody's on the way
//
// So a bad name is one that its developer signed rightly, and no check but the one in question
// stands between it and the host.

#include <kiosk/result.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sdk/conformance/zip_forger.h"

namespace kiosk::conformance {

/// Changes of one package, copies that one change adds, and bytes of all its files together.
inline constexpr std::size_t kChangesMax = 64;
inline constexpr std::size_t kChangeTimesMax = 5000;
inline constexpr std::size_t kDraftBytesMax = 16 << 20;

/// One more signature, rightly made.
struct Cosignature {
  std::string key;   ///< of package_keys.h
  std::string role;  ///< "developer", "reviewer" or "store"
};

/// What the signing block is to be. As it is made, it is the developer's and in order.
struct SigningDraft {
  std::string signer = "developer";  ///< a key of package_keys.h, or "small-order"
  /// Members over those of the payload, before it is signed, and over those of the signature once
  /// it is made; null takes one out.
  nlohmann::json payload = nlohmann::json::object(), signature = nlohmann::json::object();
  bool malleable = false;  ///< the group's order is added to the signature
  std::vector<Cosignature> cosignatures;
  std::string form = "one";                ///< "one", "none", "twice" or "another"
  std::optional<std::string> text;         ///< stands in the frame instead of the signatures
  std::string replaced, replacement;       ///< in the text of the signatures; empty: nothing
  std::optional<std::uint64_t> frameSize;  ///< what the frame says of its size
};

/// A package in the making.
struct PackageDraft {
  ForgedZip zip;
  std::string betweenFilesAndBlock;
  SigningDraft signing;
  std::string bytes;                      ///< once it is made
  std::size_t blockAt = 0, blockEnd = 0;  ///< the signing block in `bytes`
};

enum class ChangeStep : std::uint8_t { Files, Signing, Bytes };

/// What is wrong with a list of changes whatever the package; empty when nothing is: a name or a
/// member that is unknown, too many.
std::string changesProblem(const nlohmann::json& changes);

/// Makes those of `changes` that belong to `step`, in their order.
/// REQUIRES: changesProblem has none.
/// Errors: InvalidParams   a value is of another kind, or a file is not there.
Result<void> applyChanges(const nlohmann::json& changes, ChangeStep step, PackageDraft& draft);

}  // namespace kiosk::conformance
