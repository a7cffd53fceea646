#include <kiosk/package.h>

#include <fstream>

#include "runtime/base/encoding.h"

namespace kiosk {
namespace {

constexpr std::string_view kTag = "KIOSK-ED25519-PUBLIC ";
constexpr std::size_t kLinesMax = 10'000;
constexpr std::size_t kKeyLabelBytesMax = 200;

}  // namespace

Result<TrustStore> TrustStore::readFile(const std::string& path) {
  std::ifstream file(path);
  if (!file) return Error{ErrorCode::NotFound, "cannot read the trust file " + path};
  TrustStore store;
  std::string text;
  for (std::size_t number = 1; std::getline(file, text); ++number) {
    std::string_view line = text;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    std::optional<std::string> key;
    std::string_view label;
    if (line.starts_with(kTag) && number <= kLinesMax) {
      line.remove_prefix(kTag.size());
      const std::size_t space = std::min(line.find(' '), line.size());
      key = fromBase64Url(line.substr(0, space));
      label = line.substr(std::min(space + 1, line.size()));
    }
    if (!key || key->size() != 32) {
      return Error{ErrorCode::InvalidParams,
                   path + " line " + std::to_string(number) + ": expected '" + std::string(kTag) +
                       "<32 bytes in base64url> [label]', an empty line or a comment with #"};
    }
    store.add(std::move(*key), printable(label, kKeyLabelBytesMax));
  }
  return store;
}

void TrustStore::add(std::string publicKey, std::string label) {
  labels_.insert_or_assign(std::move(publicKey), std::move(label));
}

std::string TrustStore::labelOf(std::string_view publicKey) const {
  const auto found = labels_.find(publicKey);
  return found == labels_.end() ? std::string() : found->second;
}

}  // namespace kiosk
