#include <zlib.h>

#include <unordered_map>

#include "runtime/base/encoding.h"
#include "runtime/package/archive.h"
#include "runtime/package/names.h"
#include "runtime/package/zip_records.h"

namespace kiosk {
namespace {

/// `content` deflated; empty when that does not make it smaller, or smaller than a reader believes.
std::string deflated(const std::string& content) {
  if (content.empty()) return {};
  z_stream stream{};
  // Fixed parameters: the bytes depend on the content and on zlib's version only.
  const int started = ::deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  KIOSK_CHECK(started == Z_OK, "memory for deflate");
  std::string packed(content.size() - 1, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int ended = ::deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  ::deflateEnd(&stream);
  if (ended != Z_STREAM_END || content.size() > packed.size() * kRatioMax) return {};
  return packed;
}

}  // namespace

Result<void> checkFiles(const FileMap& files) {
  if (files.size() > kFilesMax) {
    return Error{ErrorCode::PackageTooLarge, "the package has " + std::to_string(files.size()) +
                                                 " files; at most 4096 are allowed"};
  }
  std::uint64_t bytes = 0;
  std::unordered_map<std::string, std::string_view> folded;
  for (const auto& [name, content] : files) {
    if (auto checked = checkName(name); !checked) return checked;
    const auto [twin, alone] = folded.try_emplace(foldedName(name), name);
    if (!alone) {
      return Error{ErrorCode::PackageBadZip, "the file names '" + printable(twin->second, 120) +
                                                 "' and '" + printable(name, 120) +
                                                 "' differ in upper and lower case only"};
    }
    bytes += content.size();
    if (bytes > kContentBytesMax) {
      return Error{
          ErrorCode::PackageTooLarge,
          "the files of the package exceed 64 MiB together, at '" + printable(name, 120) + "'"};
    }
  }
  return {};
}

Result<std::string> writeArchive(const FileMap& files) {
  if (auto checked = checkFiles(files); !checked) return checked.error();
  std::string archive, directory;
  for (const auto& [name, content] : files) {
    const std::string packed = deflated(content);
    const std::string& data = packed.empty() ? content : packed;
    ArchiveEntry entry;
    entry.name = name;
    entry.method = packed.empty() ? zip::kStored : zip::kDeflated;
    entry.crc = zip::crcOf(content);
    entry.packedBytes = static_cast<std::uint32_t>(data.size());
    entry.sizeBytes = static_cast<std::uint32_t>(content.size());
    entry.headerOffset = static_cast<std::uint32_t>(archive.size());
    archive += zip::localRecord(entry);
    archive += data;
    directory += zip::centralRecord(entry);
  }
  const std::size_t directoryOffset = archive.size();
  archive += directory;
  archive += zip::endRecord(files.size(), directory.size(), directoryOffset);
  return archive;
}

}  // namespace kiosk
