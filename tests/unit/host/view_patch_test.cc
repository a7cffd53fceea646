// Goal: a copy that applies the patches is the view, whatever the app does, and a patch stays
// small. Method: seeded random records and touches; after each turn the copy is compared with
// viewJson. Patches are applied by a reader of its own, which knows the documented form and nothing
// else.

#include "runtime/host/view/view_patch.h"

#include <map>
#include <random>

#include "runtime/host/view/user_acts.h"
#include "tests/unit/host/view_fixture.h"

namespace kiosk::test {
namespace {

using nlohmann::json;

/// What a renderer elsewhere keeps.
class Copy {
 public:
  explicit Copy(json view) : view_(std::move(view)) {}

  void apply(const json& patch) {
    for (const json& record : patch) {
      const std::string kind = record.at(0);
      if (kind == "=") {
        REQUIRE(patch.size() == 1);
        view_ = record.at(1);
      } else if (kind == "+") {
        json& children = node(record.at(1))["k"];
        if (children.is_null()) children = json::array();
        children.insert(children.begin() + record.at(2).get<std::ptrdiff_t>(), record.at(3));
      } else if (kind == "-") {
        removeChild(node(record.at(1)), record.at(2));
      } else if (kind == "x") {
        node(record.at(1))["x"] = record.at(2);
      } else if (kind == "p") {
        setProperty(node(record.at(1)), record.at(2), record.at(3));
      } else {
        REQUIRE(kind == "e");
        setOrDrop(node(record.at(1)), "e", record.at(2));
      }
    }
  }

  const json& view() const { return view_; }

 private:
  static json* find(json& at, const json& id) {
    if (at.at("id") == id) return &at;
    if (!at.contains("k")) return nullptr;
    for (json& child : at["k"]) {
      if (json* found = find(child, id)) return found;
    }
    return nullptr;
  }
  json& node(const json& id) {
    json* found = find(view_, id);
    REQUIRE(found != nullptr);
    return *found;
  }
  static void setOrDrop(json& at, const char* member, const json& value) {
    if (value.empty()) {
      at.erase(member);
    } else {
      at[member] = value;
    }
  }
  static void removeChild(json& parent, const json& id) {
    json kept = json::array();
    for (const json& child : parent.at("k")) {
      if (child.at("id") != id) kept.push_back(child);
    }
    REQUIRE(kept.size() + 1 == parent.at("k").size());
    setOrDrop(parent, "k", kept);
  }
  static void setProperty(json& at, const std::string& name, const json& value) {
    json properties = at.value("p", json::object());
    if (value.is_null()) {
      properties.erase(name);
    } else {
      properties[name] = value;
    }
    setOrDrop(at, "p", properties);
  }
  json view_;
};

/// Makes records as a DOM would, and keeps the shape of the tree for that.
class RandomApp {
 public:
  explicit RandomApp(std::uint32_t seed) : random_(seed) { kids_["~"] = {}; }

  json record() {
    const std::string at = any();
    switch (below(8)) {
      case 0:
      case 1:
      case 2:
        if (kids_.size() < 400) return insert(element());
        return remove(element());
      case 3:
        return remove(at);
      case 4:
        return json::array({2u, at, "t" + std::to_string(below(5))});
      case 5:
        return json::array({3u, at, pick({"click", "input", "focusin", "keydown"}),
                            below(2) == 0 ? json(true) : json(), 3u});
      default:
        return json::array(
            {3u, at, pick({"label", "tone", "disabled", "value", "hidden", "gap"}), value(), 2u});
    }
  }

 private:
  std::size_t below(std::size_t n) { return random_() % n; }
  std::string pick(std::initializer_list<const char*> of) {
    return *(of.begin() + below(of.size()));
  }
  json value() {
    const std::vector<json> values = {"a", "accent", "small", "", true, false, json(), 7, "large"};
    return values[below(values.size())];
  }
  std::string any() {
    auto at = kids_.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(below(kids_.size())));
    return at->first;
  }
  /// An element, which may have children.
  std::string element() {
    std::string at = any();
    while (texts_.count(at) != 0) at = any();
    return at;
  }
  json make(const std::string& parent, int depth) {
    const std::string id = std::to_string(++lastId_);
    kids_[id] = {};
    (void)parent;
    if (below(3) == 0) {
      texts_.insert(id);
      return {{"id", id}, {"type", 3u}, {"data", "w" + std::to_string(below(9))}};
    }
    json node = {{"id", id}, {"type", 1u}, {"attributes", {{"label", value()}}}};
    node["element"] = pick({"div", "button", "input", "iframe", "checkbox", "li", "p"});
    for (std::size_t i = below(3); i > 0 && depth < 4; --i) {
      node["children"].push_back(make(id, depth + 1));
      kids_[id].push_back(node["children"].back()["id"]);
    }
    return node;
  }
  json insert(const std::string& parent) {
    auto& siblings = kids_[parent];
    const std::size_t index = below(siblings.size() + 1);
    json node = make(parent, 0);
    auto& now = kids_[parent];
    now.insert(now.begin() + static_cast<std::ptrdiff_t>(index), node["id"].get<std::string>());
    return json::array({0u, parent, node, index == now.size() - 1 ? json(-1) : json(index)});
  }
  json remove(const std::string& parent) {
    auto& siblings = kids_[parent];
    if (siblings.empty()) return json::array({2u, parent, "none"});
    const std::size_t index = below(siblings.size());
    forget(siblings[index]);
    siblings.erase(siblings.begin() + static_cast<std::ptrdiff_t>(index));
    return json::array({1u, parent, index});
  }
  void forget(const std::string& id) {
    for (const auto& child : kids_[id]) forget(child);
    kids_.erase(id);
    texts_.erase(id);
  }

  std::mt19937 random_;
  std::map<std::string, std::vector<std::string>> kids_;
  std::set<std::string> texts_;
  int lastId_ = 0;
};

}  // namespace

TEST_CASE("view: a copy that applies the patches is the view, after each of 6,000 random turns") {
  std::size_t bytes = 0;
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    ViewFixture fixture;
    ViewTree& tree = fixture.tree;
    tree.recordPatch(true);
    Copy copy(viewJson(tree.root()));
    RandomApp app(seed);
    std::mt19937 random(seed);
    for (int turn = 0; turn < 300; ++turn) {
      json records = json::array();
      for (auto n = random() % 8; n > 0; --n) records.push_back(app.record());
      const auto applied = tree.apply(records);
      REQUIRE_MESSAGE(applied.has_value(), applied.error().message);
      for (const ViewNode* target : viewTargets(tree.root())) {
        if (random() % 10 != 0) continue;
        const auto effect = effectOf(tree, target->id, {"click", std::nullopt});
        if (!effect) continue;
        for (const auto& change : effect->changes) {
          tree.setByUser(change.node, change.property, change.value);
        }
      }
      if (tree.hasPatch()) copy.apply(tree.takePatch());
      const bool same = copy.view() == viewJson(tree.root());
      REQUIRE(same);
    }
    bytes += copy.view().dump().size();
  }
  CHECK(bytes > 20'000);
}

TEST_CASE_FIXTURE(ViewFixture,
                  "view: a node is written with what it has, and without what it has not") {
  REQUIRE(apply(R"([[0,"~",{"id":"1","type":1,"element":"button","attributes":{"tone":"accent"},
    "eventListeners":{"click":true},"children":[{"id":"2","type":3,"data":"Pay"}]},0]])"));
  CHECK(viewJson(tree.root()).dump() ==
        R"({"c":"page","id":0,"k":[{"c":"button","e":["click"],"id":1,"k":[{"id":2,"x":"Pay"}],)"
        R"("p":{"tone":"accent"}}]})");
}

TEST_CASE_FIXTURE(ViewFixture, "view: nothing of what is no component leaves the host") {
  tree.recordPatch(true);
  REQUIRE(apply(R"([[0,"~",{"id":"1","type":1,"element":"iframe","children":[
    {"id":"2","type":3,"data":"secret"}]},0]])"));
  REQUIRE(apply(R"([[2,"2","secret"],[0,"1",{"id":"3","type":3,"data":"secret"},0],
    [3,"1","click",true,3],[1,"1",0]])"));
  CHECK(tree.takePatch().dump() == R"([["+",0,0,{"c":"hidden","id":1}]])");
  CHECK(viewJson(tree.root()).dump() == R"({"c":"page","id":0,"k":[{"c":"hidden","id":1}]})");
}

TEST_CASE_FIXTURE(ViewFixture, "view: what changes nothing is in no patch") {
  add("1", "button", {{"label", "Pay"}});
  tree.recordPatch(true);
  set("1", "label", "Pay");
  set("1", "tone", "purple");
  set("1", "disabled", json());
  REQUIRE(apply(R"([[3,"1","click",null,3],[3,"1","keydown",true,3]])"));
  CHECK_FALSE(tree.hasPatch());
}

TEST_CASE_FIXTURE(ViewFixture, "view: a patch larger than the view, or than 1 MiB, is the view") {
  add("1", "text");
  REQUIRE(apply(R"([[0,"1",{"id":"2","type":3,"data":"x"},0]])"));
  tree.recordPatch(true);
  const auto write = [&](std::size_t bytes, int times) {
    for (int i = 0; i < times; ++i) {
      const std::string text(bytes, static_cast<char>('a' + i % 20));
      REQUIRE(tree.apply(json::array({json::array({2u, "2", text})})));
    }
    return tree.takePatch();
  };
  CHECK(write(1000, 60).size() == 60);
  const json whole = write(1000, 70);
  REQUIRE(whole.size() == 1);
  CHECK(whole[0] == json::array({"=", viewJson(tree.root())}));
  // A view of 2 MiB: a patch of less than that, and more than 1 MiB, is not sent either.
  for (int i = 0; i < 130; ++i) {
    const std::string id = "t" + std::to_string(i);
    REQUIRE(tree.apply(json::array({json::array(
        {0u, "~", {{"id", id}, {"type", 3u}, {"data", std::string(16'000, 'x')}}, -1})})));
  }
  (void)tree.takePatch();
  CHECK(write(16'000, 60).size() == 60);
  CHECK(write(16'000, 70).size() == 1);
  CHECK_FALSE(tree.hasPatch());
}

TEST_CASE_FIXTURE(ViewFixture,
                  "view: recording that begins late begins with what is changed then") {
  add("1", "text");
  CHECK_FALSE(tree.hasPatch());
  Copy copy(viewJson(tree.root()));
  tree.recordPatch(true);
  add("2", "text", {{"tone", "accent"}});
  copy.apply(tree.takePatch());
  CHECK(copy.view() == viewJson(tree.root()));
  add("3", "text");
  tree.recordPatch(false);
  CHECK_FALSE(tree.hasPatch());
}

}  // namespace kiosk::test
