// Goal: the catalogue's other forms are complete and well-formed, and the committed reference page
// is current. Method: read them back; tsc, where the SDK's packages are installed, reads the
// typings.
#include "bridge/api/api.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "tests/unit/bridge/fakes.h"

using namespace kiosk;
using namespace kiosk::bridge;
using namespace kiosk::bridge::rig;

TEST_CASE("api: the OpenRPC document has the parts that OpenRPC 1.3 demands, for every method") {
  const auto catalogue = *Catalogue::embedded();
  const auto document = json::parse(openRpc(catalogue));
  CHECK(document["openrpc"] == "1.3.2");
  CHECK(document["info"]["title"].is_string());
  CHECK(document["info"]["version"].is_string());
  REQUIRE(document["methods"].size() == catalogue.methods().size());
  std::set<std::string> names;
  for (const auto& method : document["methods"]) {
    CAPTURE(method["name"].dump());
    CHECK(names.insert(method["name"]).second);
    const auto* spec = catalogue.find(method["name"].get<std::string>());
    REQUIRE(spec != nullptr);
    CHECK(method["params"].size() == spec->params["properties"].size());
    bool optionalSeen = false;
    for (const auto& param : method["params"]) {
      CHECK(param["name"].is_string());
      CHECK(param["schema"].is_object());
      CHECK_FALSE((optionalSeen && param["required"] == true));
      optionalSeen = optionalSeen || param["required"] == false;
    }
    CHECK(method["result"]["name"].is_string());
    CHECK(method["result"]["schema"] == spec->result);
    CHECK(method["errors"].size() >= 8);
    for (const auto& error : method["errors"]) {
      CHECK(error["code"].is_number_integer());
      CHECK(errorFromName(error["data"]["code"].get<std::string>()).has_value());
    }
  }
}

TEST_CASE("api: tsc takes the typings, and refuses a call that the catalogue would refuse") {
  const std::string tsc = KIOSK_SOURCE_DIR "/sdk/js/node_modules/.bin/tsc";
  if (!std::filesystem::exists(tsc)) {
    MESSAGE("sdk/js/node_modules has no tsc: the typings are not compiled here");
    return;
  }
  TempDir dir;
  std::ofstream(dir.path + "/kiosk.d.ts") << typeScript(*Catalogue::embedded());
  const std::vector<std::pair<std::string, std::string>> sources = {
      {"good.ts",
       "const r: string = (await kiosk.host.info()).host;\n"
       "const s: boolean = await kiosk.host.supports({ method: 'a.b' });\n"
       "const t = await kiosk.call('messages.share', { text: 'hi' });\n"
       "const u: 'shared' | 'cancelled' = t.status;\n"
       "await kiosk.storage.local.set({ key: 'k', value: { a: [1] } });\n"
       "await kiosk.payments.request({ orderToken: 'x' }, { idempotencyKey: 'k' });\n"},
      {"no_key.ts", "await kiosk.payments.request({ orderToken: 'x' });\n"},
      {"no_param.ts", "await kiosk.storage.local.get({});\n"},
      {"extra.ts", "await kiosk.host.info({ extra: 1 });\n"},
      {"no_method.ts", "await kiosk.call('no.such');\n"}};
  auto command = "cd '" + dir.path + "' && '" + tsc +
                 "' --noEmit --strict --target es2022 --module es2022 --lib es2022,dom kiosk.d.ts";
  for (const auto& [name, body] : sources) {
    std::ofstream(dir.path + "/" + name) << "export {};\n" << body;
    command += " " + name;
  }
  CHECK(std::system((command + " > out").c_str()) != 0);
  const auto complaints = *readFile(dir.path + "/out", 1u << 20);
  CAPTURE(complaints);
  for (const auto& [name, body] : sources) {
    CHECK((complaints.find(name + "(2,") != std::string::npos) == (name != "good.ts"));
  }
  CHECK(complaints.find("good.ts") == std::string::npos);
  CHECK(complaints.find("kiosk.d.ts") == std::string::npos);
}

TEST_CASE("api: the committed reference page is what the catalogue says now") {
  const auto page = readFile(KIOSK_SOURCE_DIR "/docs/reference/api.md", 1u << 20);
  REQUIRE(page.has_value());
  const bool current = *page == markdown(*Catalogue::embedded());
  CHECK_MESSAGE(current, "run: build/bin/kiosk api --markdown > docs/reference/api.md");
}
