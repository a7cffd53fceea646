#pragma once
// A view tree that is given records as text, and remembers its warnings.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "runtime/host/view/view_tree.h"

namespace kiosk::test {

struct ViewFixture {
  std::vector<std::string> warnings;
  ViewTree tree{1000, [this](std::string text) { warnings.push_back(std::move(text)); }};

  Result<void> apply(const char* records) { return tree.apply(nlohmann::json::parse(records)); }

  /// Adds an element to the root and returns it.
  const ViewNode& add(const char* id, const char* element,
                      const nlohmann::json& attributes = nlohmann::json::object(),
                      const char* parent = "~") {
    const nlohmann::json node = {
        {"id", id}, {"type", 1u}, {"element", element}, {"attributes", attributes}};
    REQUIRE(tree.apply(nlohmann::json::array({nlohmann::json::array({0u, parent, node, -1})})));
    return *newest(tree.root());
  }

  /// Sets one attribute; null takes it away.
  void set(const char* id, const char* name, const nlohmann::json& value) {
    REQUIRE(tree.apply(nlohmann::json::array({nlohmann::json::array({3u, id, name, value, 2u})})));
  }

 private:
  static const ViewNode* newest(const ViewNode& node) {
    const ViewNode* found = &node;
    for (const auto& child : node.children) {
      const ViewNode* below = newest(*child);
      if (below->id > found->id) found = below;
    }
    return found;
  }
};

}  // namespace kiosk::test
