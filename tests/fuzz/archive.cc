// Goal: an archive that is taken has its entries inside, one behind the other, and gives the files
// that its signer packed. Method: an input that begins with 'P' is an archive; 'f' and files are
// packed by our writer, 's' and files signed too and then changed in one byte; 'z' and fields make
// archives that no honest tool writes, with checksums that are right unless a field says otherwise.

#include "runtime/package/archive.h"

#include <algorithm>

#include "runtime/package/names.h"
#include "runtime/package/pack.h"
#include "runtime/package/payload_hash.h"
#include "runtime/package/signing_block.h"
#include "sdk/conformance/zip_forger.h"
#include "tests/fuzz/fuzz.h"

namespace kiosk::fuzz {
namespace {

constexpr std::string_view kPackageManifest = R"({"manifest_version":1,"app_id":"ru.post.parcel",
"name":"Parcel","version":{"name":"1.2.0","code":3},"platform_version":{"min_code":1},
"icons":[{"src":"icon.png"}],"pages":["home"],"operator":{"name":"Post","address":"Moscow",
"email":"a@post.example.ru","privacy_policy_url":"https://post.example.ru/privacy",
"terms_url":"https://post.example.ru/terms","age_rating":"0+"}})";

void checkLayout(std::string_view archive, const ArchiveLayout& layout) {
  std::uint64_t at = 0, content = 0;
  std::string_view before;
  for (const auto& entry : layout.entries) {
    KIOSK_CHECK(entry.headerOffset == at, "an entry begins where the one before it ends");
    KIOSK_CHECK(entry.dataOffset > entry.headerOffset, "data lie behind their header");
    KIOSK_CHECK(before.empty() || before < entry.name, "entries are sorted, each once");
    KIOSK_CHECK(entry.sizeBytes <= std::uint64_t{entry.packedBytes} * kRatioMax,
                "nothing is packed beyond the ratio");
    at = std::uint64_t{entry.dataOffset} + entry.packedBytes;
    content += entry.sizeBytes;
    before = entry.name;
  }
  KIOSK_CHECK(at == layout.entriesEnd, "entries end where they are said to");
  KIOSK_CHECK(layout.entriesEnd <= layout.directoryOffset, "the block lies behind the entries");
  KIOSK_CHECK(layout.directoryOffset < archive.size(), "the directory lies inside");
  KIOSK_CHECK(layout.entries.size() <= kFilesMax && content <= kContentBytesMax,
              "an archive is within its bounds");
}

void checkFilesOf(const ArchiveLayout& layout, const FileMap& files) {
  KIOSK_CHECK(files.size() == layout.entries.size(), "each entry is a file");
  for (const auto& entry : layout.entries) {
    const auto file = files.find(entry.name);
    KIOSK_CHECK(file != files.end() && file->second.size() == entry.sizeBytes,
                "a file has its size");
    KIOSK_CHECK(zip::crcOf(file->second) == entry.crc, "a file has its checksum");
    KIOSK_CHECK(checkName(entry.name).has_value() && entry.name.front() != '/' &&
                    ("/" + std::string(entry.name) + "/").find("/../") == std::string::npos,
                "a name stays inside");
  }
  KIOSK_CHECK(checkFiles(files).has_value(), "what is unpacked may be packed");
  const auto again = writeArchive(files);
  KIOSK_CHECK(again.has_value(), "what is unpacked can be packed");
  const auto second = checkArchive(*again);
  KIOSK_CHECK(second.has_value(), "what we write we take");
  const auto unpacked = unpackArchive(*again, *second);
  KIOSK_CHECK(unpacked.has_value() && *unpacked == files, "files come back as they were");
}

void checkBlock(std::string_view archive, const ArchiveLayout& layout) {
  const auto block = archive.substr(layout.entriesEnd, layout.directoryOffset - layout.entriesEnd);
  KIOSK_CHECK(withSigningBlock(archive, layout, block) == archive, "the same block, same bytes");
  const auto bare = withSigningBlock(archive, layout, "");
  const auto bareLayout = checkArchive(bare);
  KIOSK_CHECK(bareLayout.has_value() && bareLayout->entriesEnd == bareLayout->directoryOffset,
              "without its block it is an archive");
  KIOSK_CHECK(fileHashHex(bare, *bareLayout) == fileHashHex(archive, layout),
              "the block is not part of what it signs");
}

bool judgeArchive(std::string_view archive) {
  const auto layout = checkArchive(archive);
  const auto package = readPackage(archive, nullptr);
  if (!layout) {
    const auto code = layout.error().code;
    KIOSK_CHECK(code == ErrorCode::PackageBadZip || code == ErrorCode::PackageTooLarge,
                "the codes that are declared");
    KIOSK_CHECK(!package.has_value(), "no package is in what is no archive");
    return false;
  }
  checkLayout(archive, *layout);
  checkBlock(archive, *layout);
  const auto files = unpackArchive(archive, *layout);
  if (files) checkFilesOf(*layout, *files);
  if (!package) return false;
  KIOSK_CHECK(files.has_value() && (*package)->files == *files, "a package holds its files");
  KIOSK_CHECK((*package)->payloadHash == payloadHashHex(*files), "a package has its hash");
  KIOSK_CHECK(!(*package)->signers.empty(), "a package is signed");
  return true;
}

/// Lines "NAME\n", each followed by a content that ends with NUL.
FileMap filesFrom(Pieces& pieces) {
  FileMap files;
  while (!pieces.empty()) {
    const std::string name(pieces.until('\n'));
    files[name] = std::string(pieces.until('\0'));
  }
  return files;
}

void tryFiles(Pieces pieces) {
  const auto files = filesFrom(pieces);
  const auto archive = writeArchive(files);
  KIOSK_CHECK(archive.has_value() == checkFiles(files).has_value(), "both judge files alike");
  if (!archive) return;
  const auto layout = checkArchive(*archive);
  KIOSK_CHECK(layout.has_value(), "what we write we take");
  judgeArchive(*archive);
}

/// Signs files, ours among them, and changes one byte: then it is no package any more.
void trySigned(Pieces pieces) {
  const auto at = pieces.number();
  const auto change = pieces.byte();
  auto files = filesFrom(pieces);
  for (const auto& [name, content] :
       {std::pair{"manifest.json", kPackageManifest}, {"app.js", "1"}, {"icon.png", "i"}}) {
    files.try_emplace(name, content);
  }
  const auto archive = writeArchive(files);
  if (!archive) return;
  auto signedArchive = signPackage(*archive, fixedKey(), {}, StoppedClock());
  if (!signedArchive) return;
  KIOSK_CHECK(judgeArchive(*signedArchive), "what was signed as a package is one");
  if (change == 0) return;
  auto& byte = (*signedArchive)[at % signedArchive->size()];
  byte = static_cast<char>(byte ^ change);
  KIOSK_CHECK(!judgeArchive(*signedArchive), "one changed byte is noticed");
}

/// Sets one field of a header, or of the whole, to a value.
void forgeField(conformance::ForgedZip& zip, std::uint8_t which, std::uint16_t value) {
  if (zip.files.empty()) return;
  auto& file = zip.files.back();
  auto& where = which & 0x40 ? file.local : which & 0x80 ? file.central : file.both;
  const std::string text(value % 40, 'x');
  const auto set = [&where](auto member, auto to) {
    where = [member, to](conformance::ForgedHeader& header) { header.*member = to; };
  };
  using Header = conformance::ForgedHeader;
  switch (which & 0x1f) {
    case 0:
      return set(&Header::flags, value);
    case 1:
      return set(&Header::method, value);
    case 2:
      return set(&Header::crc, std::uint32_t{value});
    case 3:
      return set(&Header::packedBytes, std::uint32_t{value});
    case 4:
      return set(&Header::sizeBytes, std::uint32_t{value});
    case 5:
      return set(&Header::attributes, std::uint32_t{value});
    case 6:
      return set(&Header::extra, text);
    case 7:
      return set(&Header::comment, text);
    case 8:
      return set(&Header::version, value);
    case 9:
      return set(&Header::time, value);
    case 10:
      file.behind = text;
      return;
    case 11:
      file.offset = value;
      return;
    case 12:
      zip.before = text;
      return;
    case 13:
      zip.betweenParts = text;
      return;
    case 14:
      zip.behindDirectory = text;
      return;
    case 15:
      zip.comment = text;
      return;
    case 16:
      zip.after = text;
      return;
    case 17:
      zip.count = value;
      return;
    case 18:
      zip.countOnDisk = value;
      return;
    case 19:
      zip.disk = value;
      return;
    case 20:
      zip.directoryBytes = value;
      return;
    case 21:
      zip.directoryOffset = value;
      return;
    case 22:
      file.packed = std::string(value % 200, '\x03');
      return;
    default:
      return;
  }
}

/// Per file: "NAME\n", content until NUL, how many fields, and for each its number and value.
void tryForged(Pieces pieces) {
  conformance::ForgedZip zip;
  while (!pieces.empty() && zip.files.size() < 16) {
    conformance::ForgedFile file;
    file.name = pieces.until('\n');
    file.content = pieces.until('\0');
    zip.files.push_back(std::move(file));
    for (int fields = pieces.byte() % 4; fields > 0; --fields) {
      const auto which = pieces.byte();
      forgeField(zip, which, pieces.number());
    }
  }
  judgeArchive(conformance::forge(zip));
}

}  // namespace

void tryInput(std::string_view input) {
  Pieces pieces(input);
  if (input.starts_with('P')) {
    judgeArchive(input);
    return;
  }
  const auto way = pieces.byte();
  if (way == 'f') tryFiles(pieces);
  if (way == 's') trySigned(pieces);
  if (way == 'z') tryForged(pieces);
}

std::vector<Seed> madeSeeds() {
  const FileMap files = {{"manifest.json", std::string(kPackageManifest)},
                         {"app.js", std::string(400, 'a') + "1"},
                         {"icon.png", "i"}};
  const auto archive = writeArchive(files);
  KIOSK_CHECK(archive.has_value(), "our files can be packed");
  const auto one = signPackage(*archive, fixedKey(), {}, StoppedClock());
  KIOSK_CHECK(one.has_value(), "our package can be signed");
  const auto two = signPackage(*one, fixedKey(2), {SignerRole::Store, {}}, StoppedClock());
  KIOSK_CHECK(two.has_value(), "a second may sign");
  const std::string nul(1, '\0');
  return {{"unsigned", *archive},
          {"signed", *one},
          {"signed-twice", *two},
          {"files", "fapp.js\nhello" + nul + "i18n/ru.json\n{}" + nul + "manifest.json\n{}" + nul},
          {"to-sign", "s" + std::string("\x30\x00\x01", 3) + "app.js\nhello" + nul},
          {"forged", "zapp.js\nhello" + nul + "\x01\x02\x05" + nul + "icon.png\ni" + nul}};
}

}  // namespace kiosk::fuzz
