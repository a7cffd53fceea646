// Goal: the host's view holds what was listed and nothing else, whatever records arrive.
// Method: records as a DOM sends them, then records that no DOM sends.

#include "runtime/host/view/view_tree.h"

#include <doctest/doctest.h>

using namespace kiosk;
using nlohmann::json;

namespace {

struct Fixture {
  std::vector<std::string> warnings;
  ViewTree tree{100, [this](std::string text) { warnings.push_back(std::move(text)); }};

  Result<void> apply(const char* records) { return tree.apply(json::parse(records)); }
  std::string text() const { return viewText(tree.root()); }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "view: inserts, texts and removals are followed") {
  REQUIRE(apply(
      R"([[0,"~",{"id":"1","type":1,"element":"div","children":[{"id":"2","type":3,
    "data":"Hello"}]},0],
                    [0,"~",{"id":"3","type":3,"data":"world"},1]])"));
  CHECK(text() == "Hello world");
  REQUIRE(apply(R"([[2,"2","Bye"]])"));
  CHECK(text() == "Bye world");
  REQUIRE(apply(R"([[1,"~",0]])"));
  CHECK(text() == "world");
  // A node may come back under its old id, as a DOM does when it moves one.
  REQUIRE(apply(R"([[0,"~",{"id":"1","type":1,"element":"p"},-1]])"));
}

TEST_CASE_FIXTURE(Fixture,
                  "view: a component that is not listed is kept out of sight and warned of once") {
  REQUIRE(
      apply(R"([[0,"~",{"id":"1","type":1,"element":"iframe","attributes":{"src":"https://evil"},
                     "children":[{"id":"2","type":3,"data":"secret"}]},0],
                    [0,"~",{"id":"3","type":1,"element":"iframe"},1]])"));
  CHECK(text().empty());
  CHECK(warnings.size() == 1);
  CHECK(tree.root().children[0]->properties.empty());
}

TEST_CASE_FIXTURE(Fixture,
                  "view: properties that are not listed are dropped, flags are set or absent") {
  REQUIRE(apply(
      R"([[0,"~",{"id":"1","type":1,"element":"button","attributes":{"onclick":"x","style":"a",
    "aria-label":"Pay","disabled":""}},0]])"));
  const auto& button = *tree.root().children[0];
  CHECK(button.properties.size() == 2);
  CHECK(button.properties.at("label") == "Pay");
  CHECK(button.properties.at("disabled") == "true");
  REQUIRE(apply(R"([[3,"1","disabled",null,2]])"));
  CHECK(button.properties.count("disabled") == 0);
}

TEST_CASE_FIXTURE(Fixture, "view: events that are not listed are not listened for") {
  REQUIRE(apply(R"([[0,"~",{"id":"1","type":1,"element":"button","eventListeners":
    {"click":{},"mousemove":{},"keydown":{},"toString":{}}},0],
                    [3,"1","devicemotion",true,3],[3,"1","focus",true,3]])"));
  CHECK(tree.root().children[0]->events == std::set<std::string, std::less<>>{"click", "focus"});
}

TEST_CASE_FIXTURE(Fixture, "view: an image's source is a file of the package, or is not kept") {
  REQUIRE(
      apply(R"([[0,"~",{"id":"1","type":1,"element":"img","attributes":{"src":"a/b.png"}},0]])"));
  const auto& image = *tree.root().children[0];
  CHECK(image.properties.at("src") == "a/b.png");
  for (const char* source : {"https://evil/x", "//evil/x", "/etc/passwd", "../x", "a/../../x", "",
                             "data:image/png;base64,AA", "a\\\\..\\\\x", "%2e%2e/x", "x?y"}) {
    CAPTURE(source);
    REQUIRE(apply(R"([[3,"1","src","a/b.png",2]])"));
    REQUIRE(tree.apply(json::array({json::array({3u, "1", "src", source, 2u})})));
    CHECK(image.properties.count("src") == 0);
  }
}

TEST_CASE_FIXTURE(
    Fixture, "view: all texts and properties together are bounded, and freed with their nodes") {
  const std::string text(kViewTextBytesMax, 'x');
  const auto fill = [&] {
    Result<void> last;
    for (int i = 0; i < 90 && last; ++i) {
      const json node = {
          {"id", std::to_string(i)},
          {"type", 1u},
          {"element", "p"},
          {"children", {{{"id", "t" + std::to_string(i)}, {"type", 3u}, {"data", text}}}}};
      last = tree.apply(json::array({json::array({0u, "~", node, -1})}));
    }
    return last;
  };
  const auto empty = [&] {
    while (!tree.root().children.empty()) REQUIRE(apply(R"([[1,"~",0]])"));
  };
  ViewTree roomy(10'000, [](std::string) {});
  std::swap(tree, roomy);
  for (int round = 0; round < 8; ++round) {
    REQUIRE(fill().has_value());
    empty();
  }
  REQUIRE(fill().has_value());
  json big = json::array();
  for (int i = 0; i < 450; ++i) {
    big.push_back({0u, "~", {{"id", "b" + std::to_string(i)}, {"type", 3u}, {"data", text}}, -1});
  }
  CHECK(tree.apply(big).error().code == ErrorCode::LimitExceeded);
}

TEST_CASE_FIXTURE(Fixture, "view: text loses control characters and direction overrides") {
  REQUIRE(apply(R"([[0,"~",{"id":"1","type":3,"data":"a\u001b[31mb\u202Ec\u0000d"},0]])"));
  CHECK(tree.root().children[0]->text == "a [31mbc d");
}

TEST_CASE_FIXTURE(Fixture, "view: records that no DOM sends are refused") {
  for (const char* records :
       {R"({})", R"([1])", R"([[9]])", R"([[0,"?",{"id":"1","type":3,"data":""},0]])",
        R"([[0,"~",{"id":"1","type":3,"data":""},5]])",
        R"([[0,"~",{"id":"1","type":3,"data":""},-2]])", R"([[0,"~",{"type":3,"data":""},0]])",
        R"([[0,"~",{"id":"1","type":3},0]])", R"([[0,"~",{"id":"1","type":7},0]])",
        R"([[0,"~",{"id":"~","type":3,"data":""},0]])", R"([[1,"~",0]])", R"([[1,"~",-1]])",
        R"([[2,"1","x"]])", R"([[2,"~",7]])", R"([[3,"~","a","b"]])",
        R"([[0,"~",{"id":"1","type":1,"element":"p","attributes":[]},0]])",
        R"([[0,"~",{"id":"1111111111111111111111111","type":3,"data":""},0]])"}) {
    CAPTURE(records);
    Fixture fresh;
    CHECK_FALSE(fresh.apply(records).has_value());
  }
}

TEST_CASE_FIXTURE(Fixture, "view: one node too many and one level too deep are refused") {
  json many = json::array();
  for (int i = 1; i <= 100; ++i) {
    many.push_back({0u, "~", {{"id", std::to_string(i)}, {"type", 3u}, {"data", "x"}}, -1});
  }
  const auto filled = tree.apply(many);
  REQUIRE_MESSAGE(filled.has_value(), filled.error().message);
  CHECK(apply(R"([[0,"~",{"id":"101","type":3,"data":"x"},-1]])").error().code ==
        ErrorCode::LimitExceeded);

  Fixture deep;
  ViewTree roomy(10'000, [](std::string) {});
  std::string parent = "~";
  Result<void> last;
  for (std::uint32_t i = 1; i <= kViewDepthMax + 1 && last; ++i) {
    const std::string id = std::to_string(i);
    last = roomy.apply(json::array(
        {json::array({0u, parent, {{"id", id}, {"type", 1u}, {"element", "div"}}, 0})}));
    parent = id;
  }
  CHECK(last.error().code == ErrorCode::LimitExceeded);
}

TEST_CASE_FIXTURE(Fixture,
                  "view: a listener of an ancestor makes its buttons tappable, not its texts") {
  REQUIRE(apply(R"([[0,"~",{"id":"1","type":1,"element":"div","eventListeners":{"click":{}},
      "children":[{"id":"2","type":1,"element":"button","children":[{"id":"3","type":3,
    "data":"Pay"}]},
                  {"id":"4","type":1,"element":"p","children":[{"id":"5","type":3,
    "data":"text"}]}]},0]])"));
  std::vector<std::string> labels;
  for (const auto* target : viewTargets(tree.root())) labels.push_back(target->component);
  CHECK(labels == std::vector<std::string>{"stack", "button"});
  REQUIRE(apply(R"([[3,"1","click",null,3]])"));
  CHECK(viewTargets(tree.root()).empty());
}

TEST_CASE_FIXTURE(Fixture, "view: a form that hears of being sent makes its buttons tappable") {
  REQUIRE(apply(R"([[0,"~",{"id":"1","type":1,"element":"form","eventListeners":{"submit":{}},
      "children":[{"id":"2","type":1,"element":"button","children":[{"id":"3","type":3,
    "data":"Send"}]}]},0]])"));
  const auto targets = viewTargets(tree.root());
  REQUIRE(targets.size() == 1);
  CHECK(targets[0]->component == "button");
}

TEST_CASE_FIXTURE(Fixture, "view: drawn as text with numbers for what can be acted on") {
  REQUIRE(apply(
      R"([[0,"~",{"id":"1","type":1,"element":"h1","children":[{"id":"2","type":3,
    "data":"Parcel"}]},0],
     [0,"~",{"id":"3","type":1,"element":"input","attributes":{"aria-label":"Track number",
    "value":"RA1"}},1],
     [0,"~",{"id":"4","type":1,"element":"button","eventListeners":{"click":{}},"children":[
    {"id":"5","type":3,"data":"Find"}]},2],
     [0,"~",{"id":"6","type":1,"element":"ul","children":[
        {"id":"7","type":1,"element":"li","children":[{"id":"8","type":3,"data":"one"}]},
        {"id":"9","type":1,"element":"li","children":[{"id":"10","type":3,"data":"two"}]}]},3]])"));
  CHECK(renderText(tree.root(), {72, true, false}) ==
        "Parcel\nTrack number: [RA1](1) [ Find ](2)\n- one\n- two");
  CHECK(text() == "Parcel Find one two");
}

TEST_CASE_FIXTURE(Fixture, "view: a line is never broken inside a control") {
  REQUIRE(apply(R"j([[0,"~",{"id":"1","type":1,"element":"input",
    "attributes":{"aria-label":"Track number","placeholder":"RA1 RA2"}},0],
     [0,"~",{"id":"2","type":1,"element":"button","eventListeners":{"click":{}},"children":[
    {"id":"3","type":3,"data":"Find it now"}]},1]])j"));
  CHECK(renderText(tree.root(), {40, false, false}) ==
        "Track number: [_] (RA1 RA2)\n[ Find it now ]");
}
