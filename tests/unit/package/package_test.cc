// Goal: what goes in as a folder comes out of a signed package unchanged, and nothing else comes
// out. Method: whole packages through the public functions; each promise with its opposite.
#include <doctest/doctest.h>

#include <filesystem>
#include <functional>

#include "runtime/package/pack.h"
#include "runtime/package/payload_hash.h"
#include "tests/unit/package/sample_package.h"
#include "tests/unit/support/vectors.h"

using namespace kiosk;
using namespace kiosk::test;

namespace {

ErrorCode codeOf(const Result<std::shared_ptr<const Package>>& loaded) {
  REQUIRE_FALSE(loaded.has_value());
  return loaded.error().code;
}

TrustStore storeOf(const Ed25519Key& key) {
  TrustStore store;
  store.add(key.publicKey(), "test");
  return store;
}

}  // namespace

TEST_CASE("package: what is there but is no file is not read as one") {
  const auto read = readArchiveFile("/dev/null");
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().code == ErrorCode::NotFound);
}

TEST_CASE("package: a folder, packed and signed, loads with the same files and the same identity") {
  const TempFolder folder, out;
  writeFiles(folder, sampleFiles());
  const std::string path = out.path() / "parcel.ma";
  const Ed25519Key key = keyOf(1);
  const auto written = writePackage(folder.path(), path, &key, FixedClock());
  REQUIRE_MESSAGE(written.has_value(), (written ? "" : written.error().message));

  const auto loaded = loadPackage(path);
  REQUIRE_MESSAGE(loaded.has_value(), (loaded ? "" : loaded.error().message));
  const Package& package = **loaded;
  CHECK(package.provenance == Provenance::Signed);
  CHECK(package.files == sampleFiles());
  CHECK(package.manifest.appId.value == "ru.post.parcel");
  CHECK(package.manifest.versionCode == 3);
  REQUIRE(package.signers.size() == 1);
  CHECK(package.signers[0].role == "developer");
  CHECK(package.signers[0].publicKeyHex == toHex(bytesOf(key.publicKey())));
  CHECK(package.signers[0].keyId == toHex(Bytes(sha256(bytesOf(key.publicKey()))).first(16)));
  CHECK(package.signers[0].timeSeconds == 1'770'000'000);
  CHECK_FALSE(package.signers[0].trusted);

  const auto development = loadPackage(folder.path());
  REQUIRE(development.has_value());
  CHECK((*development)->provenance == Provenance::Development);
  CHECK((*development)->payloadHash == package.payloadHash);
  CHECK((*development)->files == package.files);
  CHECK((*development)->signers.empty());
}

TEST_CASE("package: an unsigned archive is refused, by loading and by verifying") {
  const TempFolder folder, out;
  writeFiles(folder, sampleFiles());
  const std::string path = out.path() / "parcel.ma";
  REQUIRE(writePackage(folder.path(), path, nullptr, FixedClock()).has_value());
  CHECK(codeOf(loadPackage(path)) == ErrorCode::PackageUnsigned);
  const auto verified = verifyPackage(path, nullptr);
  REQUIRE_FALSE(verified.has_value());
  CHECK(verified.error().code == ErrorCode::PackageUnsigned);
}

TEST_CASE("package: with a trust store, only its keys open a package, and a folder never") {
  const TempFolder folder, out;
  writeFiles(folder, sampleFiles());
  const std::string path = out.path() / "parcel.ma";
  const Ed25519Key key = keyOf(1);
  REQUIRE(writePackage(folder.path(), path, &key, FixedClock()).has_value());
  const auto loaded = loadPackage(path, storeOf(key));
  REQUIRE(loaded.has_value());
  CHECK((*loaded)->signers[0].trusted);
  CHECK(codeOf(loadPackage(path, storeOf(keyOf(2)))) == ErrorCode::PackageUntrusted);
  CHECK(codeOf(loadPackage(path, TrustStore())) == ErrorCode::PackageUntrusted);
  CHECK(codeOf(loadPackage(folder.path(), storeOf(key))) == ErrorCode::PackageUntrusted);
}

TEST_CASE("package: a path that is not there, and a file that is no package, are refused") {
  const TempFolder folder;
  folder.write("text.ma", "this is not a package, but it is long enough for an end record");
  folder.write("empty.ma", "");
  CHECK(codeOf(loadPackage(folder.path() / "none.ma")) == ErrorCode::NotFound);
  CHECK(codeOf(loadPackage(folder.path() / "text.ma")) == ErrorCode::PackageBadZip);
  CHECK(codeOf(loadPackage(folder.path() / "empty.ma")) == ErrorCode::PackageBadZip);
}

TEST_CASE("package: a reviewer adds a signature without changing the package's identity") {
  const std::string developed = signedPackage(sampleFiles(), keyOf(1));
  const std::string report(64, 'a');
  const auto reviewed =
      signPackage(developed, keyOf(2), {SignerRole::Reviewer, report}, FixedClock());
  REQUIRE(reviewed.has_value());
  const auto stored = signPackage(*reviewed, keyOf(3), {SignerRole::Store, ""}, FixedClock());
  REQUIRE(stored.has_value());

  const auto before = readPackage(developed, nullptr), after = readPackage(*stored, nullptr);
  REQUIRE(before.has_value());
  REQUIRE_MESSAGE(after.has_value(), (after ? "" : after.error().message));
  CHECK((*before)->payloadHash == (*after)->payloadHash);
  REQUIRE((*after)->signers.size() == 3);
  CHECK((*after)->signers[0].role == "developer");
  CHECK((*after)->signers[1].role == "reviewer");
  CHECK((*after)->signers[1].reportHash == report);
  CHECK((*after)->signers[2].role == "store");

  // Trust in the store alone is enough to open it; trust in nobody here is not.
  const TrustStore store = storeOf(keyOf(3)), other = storeOf(keyOf(4));
  CHECK(readPackage(*stored, &store).has_value());
  CHECK(codeOf(readPackage(*stored, &other)) == ErrorCode::PackageUntrusted);
}

TEST_CASE("package: signing again with the same key in the same role replaces the signature") {
  const std::string once = signedPackage(sampleFiles(), keyOf(1));
  const auto twice = signPackage(once, keyOf(1), {}, FixedClock());
  REQUIRE(twice.has_value());
  CHECK(*twice == once);
}

TEST_CASE("package: what may not be signed is not") {
  const std::string plain = writeArchive(sampleFiles()).value();
  const std::string developed = signedPackage(sampleFiles(), keyOf(1));
  const auto codeOfSigning = [](const std::string& package, SignOptions options) {
    const auto result = signPackage(package, keyOf(2), options, FixedClock());
    REQUIRE_FALSE(result.has_value());
    return result.error().code;
  };
  // A reviewer before the developer; a review without its report; a report without a reviewer.
  CHECK(codeOfSigning(plain, {SignerRole::Reviewer, std::string(64, 'a')}) ==
        ErrorCode::PackageUnsigned);
  CHECK(codeOfSigning(developed, {SignerRole::Reviewer, ""}) == ErrorCode::InvalidParams);
  CHECK(codeOfSigning(developed, {SignerRole::Reviewer, "ABC"}) == ErrorCode::InvalidParams);
  CHECK(codeOfSigning(developed, {SignerRole::Store, std::string(64, 'a')}) ==
        ErrorCode::InvalidParams);
  std::string broken = developed;
  broken[40] ^= 1;
  CHECK(codeOfSigning(broken, {SignerRole::Store, ""}) == ErrorCode::PackageHashMismatch);

  std::string full = developed;
  for (std::uint8_t i = 2; i <= 16; ++i) {
    full = signPackage(full, keyOf(i), {SignerRole::Store, ""}, FixedClock()).value();
  }
  CHECK(readPackage(full, nullptr).has_value());
  const auto seventeenth = signPackage(full, keyOf(17), {SignerRole::Store, ""}, FixedClock());
  REQUIRE_FALSE(seventeenth.has_value());
  CHECK(seventeenth.error().code == ErrorCode::InvalidParams);
}

TEST_CASE("package: the same files give the same bytes in any timezone and order of creation") {
  const TempFolder first, second;
  writeFiles(first, sampleFiles());
  const FileMap files = sampleFiles();
  for (auto file = files.rbegin(); file != files.rend(); ++file) {
    second.write(file->first, file->second);
    std::filesystem::last_write_time(second.path() / file->first, {});
  }
  const char* before = std::getenv("TZ");
  const std::string zone = before == nullptr ? "" : before;
  ::setenv("TZ", "Asia/Kamchatka", 1);
  ::tzset();
  const auto east = packFolder(first.path());
  ::setenv("TZ", "America/Adak", 1);
  ::tzset();
  const auto west = packFolder(second.path());
  before == nullptr ? ::unsetenv("TZ") : ::setenv("TZ", zone.c_str(), 1);
  ::tzset();
  REQUIRE(east.has_value());
  REQUIRE(west.has_value());
  CHECK(*east == *west);
}

TEST_CASE("package: the payload hash names files, sizes and contents, not how they are packed") {
  const FileMap files = {{"a", "1"}, {"b", "22"}};
  // Worked out by hand from the layout in payload_hash.h.
  const auto leaf = [](std::string text) { return sha256(bytesOf(std::string(1, '\0') + text)); };
  const auto digestText = [](std::string_view content) {
    const auto digest = sha256(bytesOf(content));
    return std::string(digest.begin(), digest.end());
  };
  const auto a = leaf(std::string("\0\0\0\1a\0\0\0\0\0\0\0\1", 13) + digestText("1"));
  const auto b = leaf(std::string("\0\0\0\1b\0\0\0\0\0\0\0\2", 13) + digestText("22"));
  const std::string root =
      "\x01" + std::string(a.begin(), a.end()) + std::string(b.begin(), b.end());
  CHECK(payloadHashHex(files) == sha256Hex(root));
  CHECK(payloadHashHex({{"a", "1"}, {"b", "23"}}) != payloadHashHex(files));
  CHECK(payloadHashHex({{"a", "1"}, {"c", "22"}}) != payloadHashHex(files));
  CHECK(payloadHashHex({{"a", "12"}, {"b", "2"}}) != payloadHashHex(files));
}

TEST_CASE("verifyPackage: the report says what was signed, and by whom") {
  const TempFolder folder, out;
  writeFiles(folder, sampleFiles());
  const std::string path = out.path() / "parcel.ma";
  const Ed25519Key key = keyOf(1);
  REQUIRE(writePackage(folder.path(), path, &key, FixedClock()).has_value());
  const TrustStore store = storeOf(key);
  const auto report = verifyPackage(path, &store);
  REQUIRE(report.has_value());
  CHECK(report->appId.value == "ru.post.parcel");
  CHECK(report->name == "Parcel");
  CHECK(report->versionName == "1.2.0");
  CHECK(report->versionCode == 3);
  CHECK(report->payloadHash == payloadHashHex(sampleFiles()));
  CHECK(report->files == 4);
  REQUIRE(report->signers.size() == 1);
  CHECK(report->signers[0].trusted);
}

TEST_CASE("packing: hidden files, node_modules and packages stay out") {
  const TempFolder folder;
  writeFiles(folder, sampleFiles());
  folder.write(".git/config", "x");
  folder.write("common/.cache", "x");
  folder.write("node_modules/left-pad/index.js", "x");
  folder.write("old.ma", "x");
  const auto loaded = loadPackage(folder.path());
  REQUIRE(loaded.has_value());
  CHECK((*loaded)->files == sampleFiles());
}

TEST_CASE(
    "packing: links, secrets, names no package may have, and an incomplete manifest are refused") {
  const auto codeWith = [](const std::function<void(const TempFolder&)>& change) {
    const TempFolder folder;
    writeFiles(folder, sampleFiles());
    change(folder);
    const auto packed = packFolder(folder.path());
    REQUIRE_FALSE(packed.has_value());
    return packed.error().code;
  };
  CHECK(codeWith([](const TempFolder& f) {
          std::filesystem::create_symlink("/etc/passwd", f.path() / "link");
        }) == ErrorCode::PackageBadZip);
  CHECK(codeWith([](const TempFolder& f) {
          std::filesystem::create_directory_symlink("/etc", f.path() / "folder");
        }) == ErrorCode::PackageBadZip);
  CHECK(codeWith([](const TempFolder& f) {
          REQUIRE(writeKeyFiles(f.path() / "key", keyOf(1)).has_value());
        }) == ErrorCode::PolicyRefused);
  CHECK(codeWith([](const TempFolder& f) { f.write("a:b", "x"); }) == ErrorCode::PackageBadZip);
  CHECK(codeWith([](const TempFolder& f) { f.write("App.js", "x"); }) == ErrorCode::PackageBadZip);
  CHECK(codeWith([](const TempFolder& f) {
          std::filesystem::remove(f.path() / "manifest.json");
        }) == ErrorCode::PackageManifestInvalid);
  CHECK(codeWith([](const TempFolder& f) {
          for (int i = 0; i < 4093; ++i) f.write("n/" + std::to_string(i), "");
        }) == ErrorCode::PackageTooLarge);
  CHECK(packFolder("/nonexistent").error().code == ErrorCode::NotFound);

  const TempFolder linked;
  writeFiles(linked, sampleFiles());
  std::filesystem::create_symlink("app.js", linked.path() / "link.js");
  CHECK(packFolder(linked.path()).error().message.find("'link.js' is a symbolic link") !=
        std::string::npos);

  // What a folder in development may lack, a package may not.
  for (const char* field : {"operator", "icons"}) {
    const TempFolder folder;
    FileMap files = sampleFiles();
    auto manifest = sampleManifest();
    manifest.erase(field);
    files["manifest.json"] = manifest.dump();
    writeFiles(folder, files);
    CHECK(loadPackage(folder.path()).has_value());
    const auto packed = packFolder(folder.path());
    REQUIRE_FALSE(packed.has_value());
    CHECK(packed.error().code == ErrorCode::PackageManifestInvalid);
    CHECK(packed.error().message.find("/" + std::string(field)) != std::string::npos);
  }
}

TEST_CASE("writePackage: a package that cannot be made leaves the file that was there") {
  const TempFolder folder, out;
  writeFiles(folder, sampleFiles());
  out.write("parcel.ma", "before");
  const std::string path = out.path() / "parcel.ma";
  folder.write("bad:name", "x");
  CHECK_FALSE(writePackage(folder.path(), path, nullptr, FixedClock()).has_value());
  CHECK(readWhole(path) == "before");
  const auto nowhere = out.path() / "none" / "parcel.ma";
  std::filesystem::remove(folder.path() / "bad:name");
  const auto written = writePackage(folder.path(), nowhere, nullptr, FixedClock());
  REQUIRE_FALSE(written.has_value());
  CHECK(written.error().code == ErrorCode::HostError);
}

TEST_CASE(
    "TrustStore: keys with and without labels, comments and empty lines; anything else by line") {
  const TempFolder folder;
  const std::string line = "KIOSK-ED25519-PUBLIC " + toBase64Url(bytesOf(keyOf(1).publicKey()));
  const std::string other = "KIOSK-ED25519-PUBLIC " + toBase64Url(bytesOf(keyOf(2).publicKey()));
  folder.write("trust", "# partners\n\n" + line + " Russian Post\r\n" + other + "\n");
  const auto store = TrustStore::readFile(folder.path() / "trust");
  REQUIRE_MESSAGE(store.has_value(), (store ? "" : store.error().message));
  CHECK(store->size() == 2);
  CHECK(store->trusts(keyOf(1).publicKey()));
  CHECK(store->labelOf(keyOf(1).publicKey()) == "Russian Post");
  CHECK(store->trusts(keyOf(2).publicKey()));
  CHECK(store->labelOf(keyOf(2).publicKey()).empty());
  CHECK_FALSE(store->trusts(keyOf(3).publicKey()));

  for (const std::string& bad : {std::string("KIOSK-ED25519-PRIVATE AAAA"), line + "A", " " + line,
                                 std::string("KIOSK-ED25519-PUBLIC ")}) {
    folder.write("trust", "# first\n" + bad + "\n");
    const auto refused = TrustStore::readFile(folder.path() / "trust");
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message.find("line 2") != std::string::npos);
  }
  CHECK(TrustStore::readFile(folder.path() / "none").error().code == ErrorCode::NotFound);
}
