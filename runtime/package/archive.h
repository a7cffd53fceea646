#pragma once
// The ZIP file of a package, in its one spelling. What is not in that spelling is refused, also
// where a general ZIP reader would shrug: two readers that disagree about an archive are how signed
// code is replaced by unsigned code.
//
//   offset 0   local header, name, data      of the first file
//              local header, name, data      of the second, directly behind; sorted by name (bytes)
//              …
//              signing block                 absent, or as signing_block.h draws it
//              central header, name          of each file, in the same order
//              end of central directory      22 bytes, the last of the file
//
// A local header (all numbers little-endian):
//    0 u32 0x04034b50   4 u16 version 20   6 u16 flags 0x0800 (UTF-8 name)   8 u16 method: 0
//    stored,
//   8 deflated   10 u16 time 0   12 u16 date 0x0021 (1980-01-01)   14 u32 CRC-32   18 u32 packed
//   size 22 u32 size   26 u16 name size   28 u16 extra size 0   30 name
// A central header:
//    0 u32 0x02014b50   4 u16 made by 20 (no Unix mode, so no links)   6 the 24 bytes 4..27 of the
//    local
//   header   30 u16 extra size 0   32 u16 comment size 0   34 u16 disk 0   36 u16 attributes 0
//   38 u32 attributes 0   42 u32 offset of the local header   46 name
// The end:
//    0 u32 0x06054b50   4 u16 disk 0   6 u16 disk 0   8 u16 files   10 u16 files   12 u32 size of
//    the
//   central directory   16 u32 its offset   20 u16 comment size 0
//
// A file is deflated where that makes it smaller, but by no more than 100 times; else it is stored.

#include <kiosk/result.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// Path → content, sorted by the bytes of the path.
using FileMap = std::map<std::string, std::string, std::less<>>;

constexpr std::size_t kFilesMax = 4096;
constexpr std::uint64_t kContentBytesMax = std::uint64_t{64} << 20;  ///< all files together
constexpr std::uint64_t kArchiveBytesMax = std::uint64_t{72} << 20;  ///< the `.ma` itself
constexpr std::uint64_t kRatioMax = 100;                             ///< size to packed size

/// Where one file lies in an archive whose structure was checked.
struct ArchiveEntry {
  std::string name;
  std::uint16_t method = 0;
  std::uint32_t crc = 0;
  std::uint32_t packedBytes = 0;
  std::uint32_t sizeBytes = 0;
  std::uint32_t headerOffset = 0;
  std::uint32_t dataOffset = 0;
};

struct ArchiveLayout {
  std::vector<ArchiveEntry> entries;
  std::uint32_t entriesEnd = 0;       ///< where the signing block starts, if there is one
  std::uint32_t directoryOffset = 0;  ///< equal to `entriesEnd` when there is none
};

/// Whether `files` may be a package's: number, sizes and names, also against each other.
/// Errors: PackageTooLarge, PackageBadZip   the message names the file and the rule.
Result<void> checkFiles(const FileMap& files);

/// The archive of `files`, without a signing block. The same files give the same bytes, on any
/// machine with the same zlib. Errors: as checkFiles.
Result<std::string> writeArchive(const FileMap& files);

/// Checks everything about `archive` that can be seen without unpacking, and says where its parts
/// lie. Errors: PackageBadZip    not in the one spelling; the message says where and what.
///         PackageTooLarge  too many files, too large, or packed more than 100 times.
Result<ArchiveLayout> checkArchive(std::string_view archive);

/// Unpacks what `checkArchive` found in the same `archive`, from those offsets.
/// Errors: PackageBadZip   a file's data is broken; the message names it.
Result<FileMap> unpackArchive(std::string_view archive, const ArchiveLayout& layout);

/// `archive` with `block` (may be empty) in the place of its signing block.
std::string withSigningBlock(std::string_view archive, const ArchiveLayout& layout,
                             std::string_view block);

}  // namespace kiosk
