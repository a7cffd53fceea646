// Goal: our decoder and canonical form agree with the public suites. Method: JSONTestSuite file by
// file, RFC 8785's input/output pairs byte by byte; skipped where the vectors are not on the
// machine.
#include <doctest/doctest.h>

#include "runtime/base/json.h"
#include "tests/unit/support/vectors.h"

using kiosk::test::readWhole;
using kiosk::test::vectorsMissing;
using kiosk::test::vectorsPath;

TEST_CASE("json: JSONTestSuite's n_ are refused, its y_ accepted, its i_ survive" *
          doctest::skip(vectorsMissing("json-parsing"))) {
  int refused = 0, accepted = 0, either = 0;
  for (const auto& entry : std::filesystem::directory_iterator(vectorsPath("json-parsing"))) {
    const std::string name = entry.path().filename();
    if (entry.path().extension() != ".json") continue;
    CAPTURE(name);
    const auto parsed = kiosk::parseJson(readWhole(entry.path()));
    if (name.starts_with("n_")) {
      ++refused;
      CHECK_FALSE(parsed.has_value());
    } else if (name.starts_with("y_object_duplicated_key")) {
      // The suite accepts duplicate keys; we refuse them on purpose: two readers that keep
      // different ones of the two would disagree about what was signed or allowed.
      ++refused;
      CHECK_FALSE(parsed.has_value());
    } else if (name.starts_with("y_")) {
      ++accepted;
      CHECK_MESSAGE(parsed.has_value(), (parsed ? "" : parsed.error().message));
    } else if (name.starts_with("i_")) {
      ++either;
      if (parsed) CHECK_FALSE(kiosk::dumpJson(*parsed).empty());
    }
  }
  CHECK(refused >= 180);
  CHECK(accepted >= 90);
  CHECK(either >= 30);
}

TEST_CASE("json: RFC 8785's published inputs become its published outputs" *
          doctest::skip(vectorsMissing("jcs"))) {
  int checked = 0;
  for (const auto& entry : std::filesystem::directory_iterator(vectorsPath("jcs/input"))) {
    const std::string name = entry.path().filename();
    CAPTURE(name);
    const auto parsed = kiosk::parseJson(readWhole(entry.path()));
    REQUIRE_MESSAGE(parsed.has_value(), (parsed ? "" : parsed.error().message));
    const auto canonical = kiosk::canonicalJson(*parsed);
    REQUIRE(canonical.has_value());
    CHECK(*canonical == readWhole(vectorsPath("jcs/output") / name));
    ++checked;
  }
  CHECK(checked >= 6);
}
