// Goal: an archive has one spelling, and everything else is refused for the reason that it is.
// Method: forged archives that differ from an honest one in one thing each; libzip as a second
// reader of what we write, to show that ordinary tools open it.
#include <doctest/doctest.h>
#include <zip.h>
#include <zlib.h>

#include "sdk/conformance/zip_forger.h"
#include "tests/unit/package/sample_package.h"
#include "tests/unit/support/vectors.h"

using namespace kiosk;
using namespace kiosk::conformance;
using namespace kiosk::test;

namespace {

/// Two files that deflate cannot make smaller.
ForgedZip honest() {
  ForgedZip forged;
  forged.files.resize(2);
  forged.files[0].name = "a.js";
  forged.files[0].content = "abc";
  forged.files[1].name = "b/c.js";
  forged.files[1].content = "xyz";
  return forged;
}

std::string packed(const std::string& content) {
  uLongf size = ::compressBound(content.size());
  std::string out(size, '\0');
  REQUIRE(::compress(reinterpret_cast<Bytef*>(out.data()), &size,
                     reinterpret_cast<const Bytef*>(content.data()), content.size()) == Z_OK);
  return out.substr(2, size - 6);  // without zlib's own header and checksum
}

ForgedFile deflatedFile(const std::string& name, const std::string& content) {
  ForgedFile file;
  file.name = name;
  file.content = content;
  file.packed = packed(content);
  file.both = [](ForgedHeader& header) { header.method = 8; };
  return file;
}

Result<FileMap> read(const std::string& archive) {
  const auto layout = checkArchive(archive);
  if (!layout) return layout.error();
  return unpackArchive(archive, *layout);
}

/// That reading `archive` fails with `code` and says `words`.
void checkRefused(const std::string& archive, std::string_view words,
                  ErrorCode code = ErrorCode::PackageBadZip) {
  const auto result = read(archive);
  REQUIRE_MESSAGE(!result.has_value(), words);
  CHECK(result.error().code == code);
  CHECK_MESSAGE(result.error().message.find(words) != std::string::npos, result.error().message);
}

void checkRefused(const ForgedZip& forged, std::string_view words,
                  ErrorCode code = ErrorCode::PackageBadZip) {
  checkRefused(forge(forged), words, code);
}

void checkNameRefused(const std::string& name, std::string_view words) {
  ForgedZip forged = honest();
  forged.files.resize(1);
  forged.files[0].name = name;
  checkRefused(forged, words);
}

}  // namespace

TEST_CASE("archive: a forger without a lie makes what the writer makes, and it is read") {
  const FileMap files = {{"a.js", "abc"}, {"b/c.js", "xyz"}};
  CHECK(forge(honest()) == writeArchive(files).value());
  const auto read_ = read(forge(honest()));
  REQUIRE(read_.has_value());
  CHECK(*read_ == files);
  ForgedZip forged = honest();
  forged.files.push_back(deflatedFile("c.txt", std::string(200, 'x')));
  CHECK(read(forge(forged)).has_value());
}

TEST_CASE("archive: contents of every kind come back") {
  std::string noise;
  for (std::uint32_t i = 0, state = 1; i < 100'000; ++i) {
    state = state * 1664525 + 1013904223;
    noise += static_cast<char>(state >> 24);
  }
  const FileMap files = {{"empty", ""},
                         {"one", "1"},
                         {"noise.bin", noise},
                         {"zeros.bin", std::string(3'000'000, '\0')},
                         {"text.txt", std::string(5000, 'a') + noise.substr(0, 5000)},
                         {"\u043f\u043e\u0447\u0442\u0430.txt", "cyrillic"}};
  const auto archive = writeArchive(files);
  REQUIRE(archive.has_value());
  const auto back = read(*archive);
  REQUIRE_MESSAGE(back.has_value(), (back ? "" : back.error().message));
  CHECK(*back == files);
}

TEST_CASE("archive: libzip opens what we write and finds the same files, times and methods") {
  const TempFolder folder;
  const FileMap files = sampleFiles();
  folder.write("p.zip", signedPackage(files, keyOf(1)));
  int problem = 0;
  zip_t* opened =
      ::zip_open((folder.path() / "p.zip").c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &problem);
  REQUIRE(opened != nullptr);
  CHECK(static_cast<std::size_t>(::zip_get_num_entries(opened, 0)) == files.size());
  zip_uint64_t index = 0;
  for (const auto& [name, content] : files) {
    zip_stat_t stat;
    REQUIRE(::zip_stat_index(opened, index, 0, &stat) == 0);
    CHECK(std::string(stat.name) == name);
    zip_file_t* file = ::zip_fopen_index(opened, index++, 0);
    REQUIRE(file != nullptr);
    std::string read_(content.size() + 1, '\0');
    const zip_int64_t got = ::zip_fread(file, read_.data(), read_.size());
    ::zip_fclose(file);
    CHECK(read_.substr(0, static_cast<std::size_t>(got)) == content);
  }
  ::zip_discard(opened);
}

TEST_CASE("archive: names that leave the package, or mean other things elsewhere, are refused") {
  checkNameRefused("../a.js", ". and .. are not allowed");
  checkNameRefused("a/../b.js", ". and .. are not allowed");
  checkNameRefused("a/./b.js", ". and .. are not allowed");
  checkNameRefused("/etc/passwd", "absolute");
  checkNameRefused("C:/a.js", "drive");
  checkNameRefused("c:a.js", "drive");
  checkNameRefused("a\\b.js", "backslash");
  checkNameRefused(std::string("a\0b.js", 6), "NUL byte");
  checkNameRefused("", "is empty");
  checkNameRefused("a//b.js", "empty part");
  checkNameRefused("folder/", "empty part");
  checkNameRefused(".hidden", "start with a dot");
  checkNameRefused("a/.git", "start with a dot");
  checkNameRefused("a.", "ends with a dot or a space");
  checkNameRefused("a /b", "ends with a dot or a space");
  checkNameRefused("nul", "device");
  checkNameRefused("a/COM1.txt", "device");
  checkNameRefused("Aux.js", "device");
  checkNameRefused("a\xff.js", "not UTF-8");
  checkNameRefused("a\xc0\xaf.js", "not UTF-8");
  checkNameRefused("a\u202egpj.js", "not allowed");
  checkNameRefused("a\nb.js", "not allowed");
  checkNameRefused("a?b.js", "not allowed");
  checkNameRefused("\u0438\u0306.js", "decomposed");
  checkNameRefused(std::string(256, 'a'), "longer than 255 bytes");
  ForgedZip longest = honest();
  longest.files.resize(1);
  longest.files[0].name = std::string(255, 'a');
  CHECK(read(forge(longest)).has_value());
  longest.files[0].name = "com.js";
  CHECK(read(forge(longest)).has_value());
}

TEST_CASE("archive: two files of one name are refused, also when only case tells them apart") {
  ForgedZip forged = honest();
  forged.files[1].name = "a.js";
  checkRefused(forged, "there twice");
  const std::pair<std::string, std::string> twins[] = {
      {"A.js", "a.js"},
      {"\u041f\u043e\u0447\u0442\u0430.js", "\u043f\u043e\u0447\u0442\u0430.js"},
      {"\u03a3.js", "\u03c2.js"},  // Σ and final ς
      {"k.js", "\u212a.js"},       // k and the Kelvin sign
      {"s.js", "\u017f.js"}};      // s and long ſ
  for (const auto& [first, second] : twins) {
    forged.files[0].name = first;
    forged.files[1].name = second;
    checkRefused(forged, "differ in upper and lower case only");
    CHECK_FALSE(writeArchive({{first, ""}, {second, ""}}).has_value());
  }
}

TEST_CASE("archive: links, encryption, other methods, flags, fields and comments are refused") {
  const auto refusedBoth = [](std::function<void(ForgedHeader&)> lie, std::string_view words) {
    ForgedZip forged = honest();
    forged.files[0].both = std::move(lie);
    checkRefused(forged, words);
  };
  refusedBoth([](auto& h) { h.madeBy = 3 << 8 | 20, h.attributes = 0120777u << 16; },
              "symbolic link");
  refusedBoth([](auto& h) { h.attributes = 0120777u << 16; }, "symbolic link");
  refusedBoth([](auto& h) { h.madeBy = 3 << 8 | 20, h.attributes = 0100644u << 16; },
              "central header");
  refusedBoth([](auto& h) { h.madeBy = 3 << 8 | 20, h.attributes = 0104755u << 16; },
              "central header");
  refusedBoth([](auto& h) { h.flags |= 1; }, "is encrypted");
  refusedBoth([](auto& h) { h.flags |= 8; }, "data descriptor");
  for (const int bit : {1, 2, 4, 5, 6, 7, 9, 10, 12, 13, 14, 15}) {
    refusedBoth([bit](auto& h) { h.flags |= 1u << bit; }, "flags other than");
  }
  refusedBoth([](auto& h) { h.flags = 0; }, "flags other than");
  for (const std::uint16_t method : {1, 6, 9, 12, 14, 93, 95, 99}) {
    refusedBoth([method](auto& h) { h.method = method; }, "method other than");
  }
  refusedBoth([](auto& h) { h.extra = std::string("\x0a\0\0\0", 4); }, "extra field");
  refusedBoth([](auto& h) { h.comment = "hello"; }, "has a comment");
  refusedBoth([](auto& h) { h.version = 45; }, "central header");
  refusedBoth([](auto& h) { h.time = 1; }, "central header");
  refusedBoth([](auto& h) { h.date = 0x5a21; }, "central header");
  refusedBoth([](auto& h) { h.packedBytes = h.sizeBytes = 0xffffffff; }, "ZIP64");
}

TEST_CASE("archive: a local header that differs from its central one in any field is refused") {
  const std::function<void(ForgedHeader&)> lies[] = {
      [](auto& h) { h.name = "z.js"; }, [](auto& h) { h.crc ^= 1; },
      [](auto& h) { h.packedBytes++; }, [](auto& h) { h.sizeBytes--; },
      [](auto& h) { h.method = 8; },    [](auto& h) { h.flags = 0; },
      [](auto& h) { h.flags |= 1; },    [](auto& h) { h.flags |= 8; },
      [](auto& h) { h.version = 10; },  [](auto& h) { h.time = 1; },
      [](auto& h) { h.date = 0; },      [](auto& h) { h.extra = std::string("\x75\x70\0\0", 4); }};
  for (const auto& lie : lies) {
    ForgedZip forged = honest();
    forged.files[0].local = lie;
    checkRefused(forged, "local header");
  }
}

TEST_CASE("archive: data before, between, behind and after its parts is refused") {
  ForgedZip forged = honest();
  forged.before = "#!/bin/sh\n";
  checkRefused(forged, "put before the archive");
  // The same with offsets that allow for it, as self-extracting archives have them.
  const std::size_t directoryBytes = 2 * zip::kCentralBytes + std::string("a.jsb/c.js").size();
  forged.directoryOffset = static_cast<std::uint32_t>(
      forged.before.size() + forge(honest()).size() - zip::kEndBytes - directoryBytes);
  checkRefused(forged, "local header");
  forged.files[0].offset = 10;
  checkRefused(forged, "does not start where");

  forged = honest();
  forged.after = "x";
  checkRefused(forged, "data after its end");
  forged.after = forge(honest());
  checkRefused(forged, "put before the archive");
  forged = honest();
  forged.comment = "a comment";
  checkRefused(forged, "has a comment");
  forged = honest();
  forged.files[0].behind = "gap";
  checkRefused(forged, "overlap or leave a gap");
  forged = honest();
  forged.files[0].both = [](auto& h) { h.flags |= 8; };
  forged.files[0].behind = std::string(16, 'd');
  checkRefused(forged, "data descriptor");
  forged = honest();
  forged.betweenParts = "hidden data";
  checkRefused(forged, "no signing block");
  forged = honest();
  forged.behindDirectory = "hidden data";
  checkRefused(forged, "does not lie directly before");
  forged.directoryBytes = static_cast<std::uint32_t>(46 * 2 + 10 + 11);
  checkRefused(forged, "more than its files");
}

TEST_CASE("archive: overlapping files are refused") {
  ForgedZip forged = honest();
  forged.files[1].offset = 0;  // both files share one local header
  checkRefused(forged, "overlap or leave a gap");
  // The quoting of a bomb: the first file contains the second one's header and data.
  forged = honest();
  ForgedZip inner;
  inner.files = {forged.files[1]};
  const std::string innerFile = forge(inner).substr(0, 30 + 6 + 3);
  forged.files[0].content = innerFile;
  forged.files[1].offset = 34;
  checkRefused(forged, "overlap or leave a gap");
  forged = honest();
  forged.files[1].both = [](auto& h) { h.packedBytes = h.sizeBytes = 5000; };
  checkRefused(forged, "reaches into the central directory");
}

TEST_CASE("archive: files that are not sorted are refused, so that there is one order") {
  ForgedZip forged = honest();
  std::swap(forged.files[0], forged.files[1]);
  checkRefused(forged, "not sorted");
}

TEST_CASE("archive: counts, disks and ZIP64's marks in the end record are refused") {
  ForgedZip forged = honest();
  forged.count = forged.countOnDisk = 1;
  checkRefused(forged, "more than its files");
  forged.count = forged.countOnDisk = 3;
  checkRefused(forged, "central directory is broken");
  forged = honest();
  forged.countOnDisk = 1;
  checkRefused(forged, "end record");
  forged = honest();
  forged.disk = 1;
  checkRefused(forged, "end record");
  forged = honest();
  forged.count = forged.countOnDisk = 0xffff;
  checkRefused(forged, "ZIP64");
  forged = honest();
  forged.directoryOffset = 0xffffffff;
  checkRefused(forged, "ZIP64");
  forged = honest();
  // A ZIP64 locator and end record where readers look for them.
  forged.behindDirectory = std::string("PK\6\6", 4) + std::string(52, '\0') +
                           std::string("PK\6\7", 4) + std::string(16, '\0');
  checkRefused(forged, "does not lie directly before");
}

TEST_CASE("archive: too many files, too many bytes and bombs are refused") {
  ForgedZip forged;
  for (int i = 0; i < 4097; ++i) {
    ForgedFile file;
    file.name = std::to_string(10'000 + i);
    forged.files.push_back(file);
  }
  checkRefused(forged, "at most 4096", ErrorCode::PackageTooLarge);
  forged.files.pop_back();
  CHECK(read(forge(forged)).has_value());

  forged = honest();
  forged.files = {deflatedFile("bomb", std::string(1'000'000, '\0'))};
  checkRefused(forged, "packed more than 100 times", ErrorCode::PackageTooLarge);

  // Many files, none of which is too large alone. Sizes are lies; they are refused unpacked.
  forged.files.clear();
  for (int i = 0; i < 100; ++i) {
    ForgedFile file;
    file.name = "f" + std::to_string(100 + i);
    file.content = std::string(10'000, 'x');
    file.both = [](auto& h) { h.method = 8, h.sizeBytes = 1'000'000; };
    forged.files.push_back(file);
  }
  checkRefused(forged, "exceed 64 MiB", ErrorCode::PackageTooLarge);
  CHECK(writeArchive({{"a", std::string((64 << 20) + 1, 'x')}}).error().code ==
        ErrorCode::PackageTooLarge);
  checkRefused(std::string(kArchiveBytesMax, 'x'), "not a ZIP file");
  checkRefused(std::string(kArchiveBytesMax + 1, 'x'), "larger than 72 MiB",
               ErrorCode::PackageTooLarge);
}

TEST_CASE("archive: data that is not what the headers promise is refused") {
  const std::string content(300, 'x');
  ForgedZip forged;
  const auto refused = [&](const std::function<void(ForgedFile&)>& lie, std::string_view words) {
    forged.files = {deflatedFile("a", content)};
    lie(forged.files[0]);
    checkRefused(forged, words);
  };
  const auto deflate = [](auto& h) { h.method = 8; };
  refused([](auto& f) { f.both = [](auto& h) { h.method = 8, h.crc ^= 1; }; }, "damaged");
  refused([](auto& f) { f.both = [](auto& h) { h.method = 8, h.sizeBytes--; }; }, "damaged");
  refused([](auto& f) { f.both = [](auto& h) { h.method = 8, h.sizeBytes++; }; }, "damaged");
  refused([](auto& f) { f.packed = *f.packed + "x"; }, "damaged");
  refused([](auto& f) { f.packed = f.packed->substr(0, f.packed->size() - 1); }, "damaged");
  refused([](auto& f) { f.packed = std::string(f.packed->size(), '\xff'); }, "damaged");
  refused([&](auto& f) { f.content = "short", f.packed = packed("short"), f.both = deflate; },
          "not smaller for it");
  refused([](auto& f) { f.both = [](auto&) {}; }, "two sizes differ");
  ForgedZip stored = honest();
  stored.files[0].both = [](auto& h) { h.crc ^= 1; };
  checkRefused(stored, "damaged");
}
