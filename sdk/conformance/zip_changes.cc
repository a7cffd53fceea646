#include "sdk/conformance/zip_changes.h"

#include <zlib.h>

#include <algorithm>
#include <array>

#include "runtime/base/encoding.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

struct ShortField {
  std::string_view name;
  std::uint16_t ForgedHeader::*member;
};
struct LongField {
  std::string_view name;
  std::uint32_t ForgedHeader::*member;
};
struct TextField {
  std::string_view name;
  std::string ForgedHeader::*member;
};
constexpr auto kShortFields = std::to_array<ShortField>({{"madeBy", &ForgedHeader::madeBy},
                                                         {"version", &ForgedHeader::version},
                                                         {"flags", &ForgedHeader::flags},
                                                         {"method", &ForgedHeader::method},
                                                         {"time", &ForgedHeader::time},
                                                         {"date", &ForgedHeader::date}});
constexpr auto kLongFields = std::to_array<LongField>({{"crc", &ForgedHeader::crc},
                                                       {"packedBytes", &ForgedHeader::packedBytes},
                                                       {"sizeBytes", &ForgedHeader::sizeBytes},
                                                       {"attributes", &ForgedHeader::attributes}});
constexpr auto kTextFields = std::to_array<TextField>({{"name", &ForgedHeader::name},
                                                       {"extra", &ForgedHeader::extra},
                                                       {"comment", &ForgedHeader::comment}});

/// What sets the fields of `given` in a header, after `before` had its way.
std::function<void(ForgedHeader&)> headerChange(ChangeFields& fields, const json& given,
                                                std::function<void(ForgedHeader&)> before) {
  ForgedHeader values;
  ChangeFields read(given);
  for (const auto& [name, member] : kShortFields) {
    values.*member = static_cast<std::uint16_t>(read.number(name.data(), UINT16_MAX).value_or(0));
  }
  for (const auto& [name, member] : kLongFields) {
    values.*member = static_cast<std::uint32_t>(read.number(name.data(), UINT32_MAX).value_or(0));
  }
  for (const auto& [name, member] : kTextFields) values.*member = read.text(name.data());
  if (read.problem()) fields.fail(read.problem()->message);
  for (const auto& [name, value] : given.items()) {
    if (!isHeaderField(name)) fields.fail("a header has no " + name);
  }
  return [given, values, before = std::move(before)](ForgedHeader& header) {
    before(header);
    const auto copy = [&](const auto& known) {
      for (const auto& [name, member] : known) {
        if (given.contains(name)) header.*member = values.*member;
      }
    };
    copy(kShortFields), copy(kLongFields), copy(kTextFields);
  };
}

/// `content` deflated, without zlib's own header and checksum.
std::string deflatedBytes(const std::string& content) {
  constexpr std::size_t kHeaderBytes = 2, kChecksumBytes = 4;
  uLongf size = ::compressBound(content.size());
  std::string out(size, '\0');
  const int packed = ::compress(reinterpret_cast<Bytef*>(out.data()), &size,
                                reinterpret_cast<const Bytef*>(content.data()), content.size());
  KIOSK_CHECK(packed == Z_OK, "memory for deflate");
  return out.substr(kHeaderBytes, size - kHeaderBytes - kChecksumBytes);
}

ForgedFile* fileOf(ChangeFields& fields, PackageDraft& draft) {
  const auto name = fields.text("file");
  auto& files = draft.zip.files;
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const ForgedFile& file) { return file.name == name; });
  if (found != files.end()) return &*found;
  fields.fail("the package has no file \"" + name + "\"");
  return nullptr;
}

std::size_t draftBytes(const ForgedZip& zip) {
  std::size_t bytes = 0;
  for (const auto& file : zip.files) bytes += file.content.size();
  return bytes;
}

}  // namespace

bool isHeaderField(std::string_view name) {
  const auto among = [name](const auto& fields) {
    return std::any_of(fields.begin(), fields.end(),
                       [name](const auto& field) { return field.name == name; });
  };
  return among(kShortFields) || among(kLongFields) || among(kTextFields);
}

void addFile(ChangeFields& fields, PackageDraft& draft) {
  constexpr std::uint64_t kFirstNumber = 10'000;  // so that all have five digits
  ForgedFile file;
  file.content = fields.bytes();
  if (fields.flag("deflate")) {
    file.packed = deflatedBytes(file.content);
    file.both = [](ForgedHeader& header) { header.method = zip::kDeflated; };
  }
  file.both = headerChange(fields, fields.map("header"), std::move(file.both));
  const auto rawName = fromHex(fields.text("nameHex"));
  if (!rawName) fields.fail("nameHex is pairs of hex digits");
  const auto name = fields.has("nameHex") ? rawName.value_or("") : fields.text("name");
  const auto times = fields.number("times", kChangeTimesMax);
  const auto bytes = draftBytes(draft.zip) + file.content.size() * times.value_or(1);
  if (bytes > kDraftBytesMax) return fields.fail("the package grows too large");
  for (std::uint64_t i = 0; i < times.value_or(1); ++i) {
    file.name = times ? name + std::to_string(kFirstNumber + i) : name;
    draft.zip.files.push_back(file);
  }
  std::stable_sort(draft.zip.files.begin(), draft.zip.files.end(),
                   [](const auto& a, const auto& b) { return a.name < b.name; });
}

void removeFile(ChangeFields& fields, PackageDraft& draft) {
  const auto* file = fileOf(fields, draft);
  if (file != nullptr)
    draft.zip.files.erase(draft.zip.files.begin() + (file - &draft.zip.files[0]));
}

void setHeader(ChangeFields& fields, PackageDraft& draft) {
  auto* file = fileOf(fields, draft);
  if (file == nullptr) return;
  const auto place = fields.text("in", "both");
  if (place != "both" && place != "local" && place != "central") {
    return fields.fail("in is both, local or central");
  }
  auto& change = place == "both" ? file->both : place == "local" ? file->local : file->central;
  change = headerChange(fields, fields.map("set"), std::move(change));
  if (const auto offset = fields.number("offset", UINT32_MAX)) {
    file->offset = static_cast<std::uint32_t>(*offset);
  }
}

void reverseFiles(ChangeFields&, PackageDraft& draft) {
  std::reverse(draft.zip.files.begin(), draft.zip.files.end());
}

void insertBytes(ChangeFields& fields, PackageDraft& draft) {
  if (fields.has("file")) {
    if (auto* file = fileOf(fields, draft)) file->behind += fields.bytes();
    return;
  }
  const auto at = fields.text("at");
  if (at == "start") {
    draft.zip.before += fields.bytes();
  } else if (at == "files") {
    draft.betweenFilesAndBlock += fields.bytes();
  } else if (at == "directory") {
    draft.zip.behindDirectory += fields.bytes();
  } else {
    fields.fail("at is start, files or directory");
  }
}

void setEnd(ChangeFields& fields, PackageDraft& draft) {
  const auto set = [&](const char* key, auto& member, std::uint64_t max) {
    using Number = typename std::decay_t<decltype(member)>::value_type;
    if (const auto number = fields.number(key, max)) member = static_cast<Number>(*number);
  };
  set("count", draft.zip.count, UINT16_MAX);
  set("countOnDisk", draft.zip.countOnDisk, UINT16_MAX);
  set("disk", draft.zip.disk, UINT16_MAX);
  set("directoryBytes", draft.zip.directoryBytes, UINT32_MAX);
  set("directoryOffset", draft.zip.directoryOffset, UINT32_MAX);
  draft.zip.comment = fields.text("comment", draft.zip.comment);
}

}  // namespace kiosk::conformance
