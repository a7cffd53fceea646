#include "sdk/conformance/package_changes.h"

#include <algorithm>
#include <array>

#include "sdk/conformance/zip_changes.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

void setSigner(ChangeFields& fields, PackageDraft& draft) {
  draft.signing.signer = fields.text("key", draft.signing.signer);
}

void setPayload(ChangeFields& fields, PackageDraft& draft) {
  draft.signing.payload.update(fields.map("set"));
}

void setSignature(ChangeFields& fields, PackageDraft& draft) {
  draft.signing.signature.update(fields.map("set"));
}

void makeMalleable(ChangeFields&, PackageDraft& draft) { draft.signing.malleable = true; }

void cosign(ChangeFields& fields, PackageDraft& draft) {
  const auto times = fields.number("times", kChangesMax).value_or(1);
  const Cosignature one{fields.text("key", "store"), fields.text("role", "store")};
  draft.signing.cosignatures.insert(draft.signing.cosignatures.end(), times, one);
}

void setBlock(ChangeFields& fields, PackageDraft& draft) {
  auto& signing = draft.signing;
  signing.form = fields.text("form", signing.form);
  constexpr std::array<std::string_view, 4> kForms = {"one", "none", "twice", "another"};
  if (std::find(kForms.begin(), kForms.end(), signing.form) == kForms.end()) {
    return fields.fail("form is one, none, twice or another");
  }
  if (fields.has("text") || fields.has("zeros") || fields.has("hex")) signing.text = fields.bytes();
  signing.replaced = fields.text("replace", signing.replaced);
  signing.replacement = fields.text("with", signing.replacement);
  if (const auto size = fields.number("frameSize", UINT32_MAX)) signing.frameSize = size;
}

/// Where the part called `at` begins in the bytes; none when there is no such part.
std::optional<std::size_t> partAt(const std::string& at, const PackageDraft& draft) {
  if (at == "files") return 0;
  if (at == "signing-block") return draft.blockAt;
  if (at == "directory") return draft.blockEnd;
  if (at == "end" && draft.bytes.size() >= zip::kEndBytes) {
    return draft.bytes.size() - zip::kEndBytes;
  }
  return std::nullopt;
}

void flipBit(ChangeFields& fields, PackageDraft& draft) {
  const auto part = partAt(fields.text("at", "files"), draft);
  if (!part) return fields.fail("at is files, signing-block, directory or end");
  const auto byte = *part + fields.number("byte", kDraftBytesMax).value_or(0);
  if (byte >= draft.bytes.size()) return fields.fail("the package has no such byte");
  draft.bytes[byte] ^= static_cast<char>(1 << fields.number("bit", 7).value_or(0));
}

void truncatePackage(ChangeFields& fields, PackageDraft& draft) {
  const auto bytes = fields.number("bytes", draft.bytes.size()).value_or(0);
  draft.bytes.resize(draft.bytes.size() - bytes);
}

void appendBytes(ChangeFields& fields, PackageDraft& draft) { draft.bytes += fields.bytes(); }

struct ChangeRule {
  std::string_view name;
  ChangeStep step;
  void (*apply)(ChangeFields& fields, PackageDraft& draft);
  std::string_view members;  ///< " name name ", all that it may have
};

// clang-format off
constexpr auto kChangeRules = std::to_array<ChangeRule>({
    {"add", ChangeStep::Files, addFile, " name nameHex text hex zeros deflate times header "},
    {"remove", ChangeStep::Files, removeFile, " file "},
    {"header", ChangeStep::Files, setHeader, " file in set offset "},
    {"reverse", ChangeStep::Files, reverseFiles, " "},
    {"insert", ChangeStep::Files, insertBytes, " file at text hex zeros "},
    {"end", ChangeStep::Files, setEnd,
     " count countOnDisk disk directoryBytes directoryOffset comment "},
    {"signer", ChangeStep::Signing, setSigner, " key "},
    {"payload", ChangeStep::Signing, setPayload, " set "},
    {"signature", ChangeStep::Signing, setSignature, " set "},
    {"malleable", ChangeStep::Signing, makeMalleable, " "},
    {"cosign", ChangeStep::Signing, cosign, " key role times "},
    {"block", ChangeStep::Signing, setBlock, " form text hex zeros replace with frameSize "},
    {"flip", ChangeStep::Bytes, flipBit, " at byte bit "},
    {"truncate", ChangeStep::Bytes, truncatePackage, " bytes "},
    {"append", ChangeStep::Bytes, appendBytes, " text hex zeros "},
});
// clang-format on

const ChangeRule* ruleOf(std::string_view name) {
  const auto found = std::find_if(kChangeRules.begin(), kChangeRules.end(),
                                  [name](const ChangeRule& rule) { return rule.name == name; });
  return found == kChangeRules.end() ? nullptr : &*found;
}

}  // namespace

std::string changesProblem(const json& changes) {
  if (!changes.is_array() || changes.size() > kChangesMax) {
    return "is a list of at most " + std::to_string(kChangesMax) + " changes";
  }
  for (const auto& change : changes) {
    if (!change.is_object() || change.size() != 1 || !change.begin().value().is_object()) {
      return "holds changes of the form NAME: {…}";
    }
    const auto& name = change.begin().key();
    const auto* rule = ruleOf(name);
    if (rule == nullptr) return "knows no change \"" + name + "\"";
    for (const auto& [member, value] : change.begin().value().items()) {
      if (rule->members.find(" " + member + " ") == std::string_view::npos) {
        return "knows no member \"" + member + "\" of " + name;
      }
    }
  }
  return "";
}

Result<void> applyChanges(const json& changes, ChangeStep step, PackageDraft& draft) {
  for (const auto& change : changes) {
    const auto* rule = ruleOf(change.begin().key());
    KIOSK_CHECK(rule != nullptr, "changes were checked when their case was read");
    if (rule->step != step) continue;
    ChangeFields fields(change.begin().value());
    rule->apply(fields, draft);
    if (fields.problem()) return *fields.problem();
  }
  return {};
}

}  // namespace kiosk::conformance
