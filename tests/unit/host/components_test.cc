// Goal: the list of components is whole, and the committed page about it is current. Method: each
// name that the file uses is looked up; the page is made anew and compared.

#include <doctest/doctest.h>
#include <kiosk/view.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "runtime/host/view/component_list.h"
#include "runtime/host/view/components_markdown.h"

namespace kiosk::test {

using nlohmann::json;

TEST_CASE("components: every name that the list uses is defined in it") {
  const json source = json::parse(componentsJson());
  const auto& list = componentList();
  REQUIRE(list.components.size() == source["components"].size());
  CHECK(list.components.size() >= 38);
  for (const auto& [name, component] : source["components"].items()) {
    CAPTURE(name);
    CHECK(component["summary"].get<std::string>().ends_with("."));
    CHECK(component["role"].is_string());
    if (component.contains("inside"))
      CHECK(source["components"].contains(component["inside"].get<std::string>()));
    for (const auto& event : component["events"]) {
      CHECK(list.events.count(event.get<std::string>()) == 1);
    }
    for (const auto& [property, spec] : component["properties"].items()) {
      CAPTURE(property);
      CHECK(source["types"].contains(spec["type"].get<std::string>()));
      CHECK_FALSE(source["common"].contains(property));
      CHECK_FALSE(spec["summary"].get<std::string>().empty());
    }
    // What needs a label can be given one.
    if (list.components.at(name).needsLabel) CHECK(list.typeOf(name, "label") != nullptr);
  }
  for (const auto& [alias, name] : list.aliases) CHECK(list.components.count(name) == 1);
  for (const auto& [alias, event] : list.eventAliases) CHECK(list.events.count(event) == 1);
}

TEST_CASE("components: of no property may an address be made") {
  for (const auto& [name, component] : componentList().components) {
    for (const auto& [property, type] : component.properties) {
      CAPTURE(name + "." + property);
      CHECK(property != "href");
      CHECK(property != "style");
      CHECK(property.rfind("on", 0) != 0);
      if (property == "src") CHECK(type->kind == PropertyKind::Asset);
    }
  }
}

TEST_CASE("components: the committed page is what `kiosk api --components` prints") {
  std::ifstream file(KIOSK_SOURCE_DIR "/docs/ui-components.md");
  std::stringstream page;
  page << file.rdbuf();
  const bool current = page.str() == componentsMarkdown();
  CHECK_MESSAGE(current, "run: build/bin/kiosk api --components > docs/ui-components.md");
}

}  // namespace kiosk::test
