#include <sys/stat.h>
#include <zlib.h>

#include <unordered_map>

#include "runtime/base/encoding.h"
#include "runtime/base/guard.h"
#include "runtime/package/archive.h"
#include "runtime/package/names.h"
#include "runtime/package/signing_block.h"
#include "runtime/package/zip_records.h"

namespace kiosk {
namespace {

using zip::read16;
using zip::read32;

Error badZip(std::string message) { return {ErrorCode::PackageBadZip, std::move(message)}; }

std::string fileNamed(std::string_view name) { return "'" + printable(name, 120) + "'"; }

struct Directory {
  std::size_t files = 0;
  std::uint32_t offset = 0, bytes = 0;
};

/// The end record, which must be the last 22 bytes and the only one.
Result<Directory> checkEnd(std::string_view archive) {
  if (archive.size() > kArchiveBytesMax) {
    return Error{ErrorCode::PackageTooLarge, "the package file is larger than 72 MiB"};
  }
  if (archive.size() < zip::kEndBytes) return badZip("not a package: too short for a ZIP file");
  const std::size_t at = archive.size() - zip::kEndBytes;
  if (read32(archive, at) != zip::kEndMagic) {
    return badZip(
        "the file does not end with a ZIP end record: it is not a ZIP file, is cut short, has a "
        "comment, or has data after its end");
  }
  Directory directory{read16(archive, at + 10), read32(archive, at + 16), read32(archive, at + 12)};
  if (directory.files == 0xffff || directory.offset == 0xffffffff) {
    return badZip("ZIP64 is not allowed");
  }
  if (directory.files > kFilesMax) {
    return Error{ErrorCode::PackageTooLarge, "the package has " + std::to_string(directory.files) +
                                                 " files; at most 4096 are allowed"};
  }
  if (std::uint64_t{directory.offset} + directory.bytes != at) {
    return badZip(
        "the central directory does not lie directly before the end record: data was put before "
        "the "
        "archive or between its parts");
  }
  if (archive.substr(at) != zip::endRecord(directory.files, directory.bytes, directory.offset)) {
    return badZip("the end record is not the one of a single, plain archive");
  }
  return directory;
}

/// What is wrong with the flags, method and attributes of a central header, in words.
Result<void> checkFeatures(std::string_view header, const ArchiveEntry& entry) {
  const std::uint16_t flags = read16(header, 8);
  const std::uint32_t mode = read32(header, 38) >> 16;
  const std::string file = "the file " + fileNamed(entry.name) + " ";
  if ((flags & zip::kFlagEncrypted) != 0) return badZip(file + "is encrypted");
  if ((flags & zip::kFlagDescriptor) != 0) {
    return badZip(file + "has a data descriptor: sizes must stand in its headers");
  }
  if (flags != zip::kFlagUtf8) return badZip(file + "has flags other than 'UTF-8 name'");
  if (S_ISLNK(mode)) return badZip(file + "is a symbolic link");
  if (entry.method != zip::kStored && entry.method != zip::kDeflated) {
    return badZip(file + "is packed by a method other than stored and deflate");
  }
  if (entry.packedBytes == 0xffffffff || entry.sizeBytes == 0xffffffff ||
      entry.headerOffset == 0xffffffff) {
    return badZip(file + "uses ZIP64, which is not allowed");
  }
  if (read16(header, 30) != 0) return badZip(file + "has an extra field");
  if (read16(header, 32) != 0) return badZip(file + "has a comment");
  return {};
}

Result<void> checkSizes(const ArchiveEntry& entry) {
  const std::string file = "the file " + fileNamed(entry.name) + " ";
  if (entry.method == zip::kStored && entry.packedBytes != entry.sizeBytes) {
    return badZip(file + "is stored, but its two sizes differ");
  }
  if (entry.method == zip::kDeflated && entry.packedBytes >= entry.sizeBytes) {
    return badZip(file + "is deflated, but not smaller for it");
  }
  if (!KIOSK_GUARD("package.ratio", entry.sizeBytes <= entry.packedBytes * kRatioMax)) {
    return Error{ErrorCode::PackageTooLarge, file + "is packed more than 100 times"};
  }
  return {};
}

/// Reads central headers one by one and holds each against its local header.
class EntryReader {
 public:
  EntryReader(std::string_view archive, const Directory& directory)
      : archive_(archive), directory_(directory), at_(directory.offset) {}

  Result<ArchiveLayout> read() {
    ArchiveLayout layout;
    layout.directoryOffset = directory_.offset;
    layout.entries.reserve(directory_.files);
    for (std::size_t i = 0; i < directory_.files; ++i) {
      auto entry = next();
      if (!entry) return entry.error();
      if (auto checked = place(*entry); !checked) return checked.error();
      layout.entries.push_back(std::move(*entry));
    }
    if (at_ != directory_.offset + directory_.bytes) {
      return badZip("the central directory holds more than its files");
    }
    layout.entriesEnd = static_cast<std::uint32_t>(dataEnd_);
    return layout;
  }

 private:
  /// The next central header, which must be exactly what the writer makes of its fields.
  Result<ArchiveEntry> next() {
    const std::size_t left = directory_.offset + directory_.bytes - at_;
    const std::string_view header = archive_.substr(at_, left);
    if (left < zip::kCentralBytes || read32(header, 0) != zip::kCentralMagic) {
      return badZip("the central directory is broken");
    }
    const std::size_t nameBytes = read16(header, 28);
    if (left - zip::kCentralBytes < nameBytes) return badZip("the central directory is cut short");
    ArchiveEntry entry;
    entry.name = header.substr(zip::kCentralBytes, nameBytes);
    entry.method = read16(header, 10);
    entry.crc = read32(header, 16);
    entry.packedBytes = read32(header, 20);
    entry.sizeBytes = read32(header, 24);
    entry.headerOffset = read32(header, 42);
    if (auto checked = checkName(entry.name); !KIOSK_GUARD("package.names", checked)) {
      return checked.error();
    }
    if (auto checked = checkFeatures(header, entry); !KIOSK_GUARD("package.features", checked)) {
      return checked.error();
    }
    if (auto checked = checkSizes(entry); !checked) return checked.error();
    const std::string record = zip::centralRecord(entry);
    if (header.substr(0, record.size()) != record) {
      return badZip("the central header of " + fileNamed(entry.name) +
                    " differs from what kiosk pack writes");
    }
    at_ += record.size();
    return entry;
  }

  /// Checks `entry` against the files before it and against its local header.
  Result<void> place(ArchiveEntry& entry) {
    if (!KIOSK_GUARD("package.twins",
                     names_.try_emplace(foldedName(entry.name), entry.name).second)) {
      const std::string_view twin = names_[foldedName(entry.name)];
      return badZip(twin == entry.name
                        ? "the file " + fileNamed(entry.name) + " is there twice"
                        : "the file names " + fileNamed(twin) + " and " + fileNamed(entry.name) +
                              " differ in upper and lower case only");
    }
    if (entry.name < lastName_)
      return badZip("the files are not sorted at " + fileNamed(entry.name));
    lastName_ = entry.name;
    contentBytes_ += entry.sizeBytes;
    if (!KIOSK_GUARD("package.contents", contentBytes_ <= kContentBytesMax)) {
      return Error{ErrorCode::PackageTooLarge, "the files of the package exceed 64 MiB together"};
    }
    if (!KIOSK_GUARD("package.overlap", entry.headerOffset == dataEnd_)) {
      return badZip("the file " + fileNamed(entry.name) +
                    " does not start where the one before it ends: they overlap or leave a gap");
    }
    const std::string record = zip::localRecord(entry);
    const std::uint64_t end = dataEnd_ + record.size() + entry.packedBytes;
    if (end > directory_.offset) {
      return badZip("the file " + fileNamed(entry.name) + " reaches into the central directory");
    }
    if (archive_.substr(dataEnd_, record.size()) != record) {
      return badZip("the local header of " + fileNamed(entry.name) +
                    " differs from its central header");
    }
    entry.dataOffset = static_cast<std::uint32_t>(dataEnd_ + record.size());
    dataEnd_ = end;
    return {};
  }

  const std::string_view archive_;
  const Directory directory_;
  std::size_t at_;             ///< the next central header
  std::uint64_t dataEnd_ = 0;  ///< where the next local header must be
  std::uint64_t contentBytes_ = 0;
  std::string lastName_;
  std::unordered_map<std::string, std::string> names_;  ///< folded → as written
};

/// Inflates `packed` to exactly `sizeBytes` bytes, using all of it; none when that is not what it
/// is.
std::optional<std::string> inflated(std::string_view packed, std::size_t sizeBytes) {
  z_stream stream{};
  KIOSK_CHECK(::inflateInit2(&stream, -MAX_WBITS) == Z_OK, "memory for inflate");
  std::string content(sizeBytes, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(content.data());
  stream.avail_out = static_cast<uInt>(content.size());
  const int ended = ::inflate(&stream, Z_FINISH);
  const bool whole = ended == Z_STREAM_END && stream.avail_in == 0 && stream.avail_out == 0;
  ::inflateEnd(&stream);
  if (!whole) return std::nullopt;
  return content;
}

}  // namespace

Result<ArchiveLayout> checkArchive(std::string_view archive) {
  const auto directory = checkEnd(archive);
  if (!directory) return directory.error();
  auto layout = EntryReader(archive, *directory).read();
  if (!layout) return layout;
  const auto between =
      archive.substr(layout->entriesEnd, layout->directoryOffset - layout->entriesEnd);
  if (!between.empty() && !isSigningBlock(between)) {
    return badZip(
        "between the files and the central directory is something that is no signing block");
  }
  return layout;
}

Result<FileMap> unpackArchive(std::string_view archive, const ArchiveLayout& layout) {
  FileMap files;
  for (const auto& entry : layout.entries) {
    const std::string_view data = archive.substr(entry.dataOffset, entry.packedBytes);
    auto content = entry.method == zip::kStored ? std::optional(std::string(data))
                                                : inflated(data, entry.sizeBytes);
    if (!content || zip::crcOf(*content) != entry.crc) {
      return badZip("the data of the file " + fileNamed(entry.name) + " is damaged");
    }
    files.emplace_hint(files.end(), entry.name, std::move(*content));
  }
  return files;
}

std::string withSigningBlock(std::string_view archive, const ArchiveLayout& layout,
                             std::string_view block) {
  const std::string_view directoryAndEnd = archive.substr(layout.directoryOffset);
  const std::size_t directoryBytes = directoryAndEnd.size() - zip::kEndBytes;
  std::string out(archive.substr(0, layout.entriesEnd));
  out += block;
  const std::size_t directoryOffset = out.size();
  out += directoryAndEnd.substr(0, directoryBytes);
  out += zip::endRecord(layout.entries.size(), directoryBytes, directoryOffset);
  return out;
}

}  // namespace kiosk
