// Goal: a property holds a value of its type or none, and a developer hears once of what was wrong.
// Method: each kind of property with values that it takes and values that it does not.

#include "tests/unit/host/view_fixture.h"

namespace kiosk::test {
namespace {

using nlohmann::json;

struct Trial {
  const char* element;
  const char* property;
  std::vector<json> taken, dropped;
};

}  // namespace

TEST_CASE_FIXTURE(ViewFixture, "view: a property takes values of its type and no others") {
  const std::vector<Trial> trials = {
      {"text", "tone", {"accent", "muted"}, {"purple", "ACCENT", "javascript:1", 7}},
      {"grid", "columns", {1, "4", 2.5}, {0, 5, "many", "1e400", "0x2", "3 ", "nan"}},
      {"progress", "value", {0, "99.5"}, {-1, "1e10", "NaN"}},
      {"icon", "name", {"wallet"}, {"../../x", "<svg>"}},
      {"date", "value", {"2024-02-29", ""}, {"2023-02-29", "2024-13-01", "24-1-1", "today"}},
      {"input", "id", {"a-1:b.c", ":r1:"}, {"a b", "\"x", std::string(65, 'a')}},
      {"input", "type", {"email"}, {"file", "image"}},
      {"qr", "value", {std::string(512, 'x')}, {std::string(513, 'x')}},
      {"image", "src", {"a/b.png", "x.webp"}, {"x.svg", "x.html", ".png", "//x/y.png"}},
  };
  int number = 0;
  for (const auto& [element, property, taken, dropped] : trials) {
    CAPTURE(element);
    const std::string id = "n" + std::to_string(++number);
    const auto& node = add(id.c_str(), element);
    for (const json& value : taken) {
      CAPTURE(value.dump());
      set(id.c_str(), property, value);
      CHECK(node.properties.count(property) == 1);
    }
    const auto before = warnings.size();
    for (const json& value : dropped) {
      CAPTURE(value.dump());
      set(id.c_str(), property, taken.front());
      set(id.c_str(), property, value);
      CHECK(node.properties.count(property) == 0);
    }
    CHECK(warnings.size() == before + 1);
  }
}

TEST_CASE_FIXTURE(ViewFixture, "view: a warning of a wrong value says what is taken") {
  add("1", "row", {{"gap", "13px"}});
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0] == "<row>: gap is one of large, none, normal, small, and \"13px\" is dropped");
}

TEST_CASE_FIXTURE(ViewFixture, "view: a flag is set or absent, whatever it was set to") {
  const auto& node = add("1", "input", {{"required", ""}});
  CHECK(node.properties.at("required") == "true");
  for (const json& off : {json("false"), json(false), json()}) {
    set("1", "aria-invalid", "true");
    CHECK(node.properties.count("invalid") == 1);
    set("1", "aria-invalid", off);
    CHECK(node.properties.count("invalid") == 0);
  }
}

TEST_CASE_FIXTURE(ViewFixture, "view: HTML's tags say what their component is like") {
  CHECK(add("1", "h5").properties.at("level") == "5");
  CHECK(add("2", "strong").properties.at("strong") == "true");
  CHECK(add("3", "small").properties.at("size") == "small");
  CHECK(add("4", "p").properties.at("block") == "true");
}

TEST_CASE_FIXTURE(ViewFixture, "view: React's focusin is the listener for focus") {
  const auto& node = add("1", "input");
  REQUIRE(apply(R"([[3,"1","focusin",true,3],[3,"1","focusout",true,3]])"));
  CHECK(node.events == std::set<std::string, std::less<>>{"blur", "focus"});
}

TEST_CASE_FIXTURE(ViewFixture, "view: a control without a label is warned of once per component") {
  add("1", "button");
  add("2", "button");
  add("3", "avatar", {{"src", "a.png"}});
  CHECK(warnings.empty());  // the turn is not over: its text may still come
  tree.turnOver();
  REQUIRE(warnings.size() == 2);
  CHECK(warnings[0] == "a <button> has no label: give it a text, a `label`, or a <label for>");
  add("4", "button");
  tree.turnOver();
  CHECK(warnings.size() == 2);
}

TEST_CASE_FIXTURE(ViewFixture, "view: a text, a label, one around and one from afar are labels") {
  add("1", "input", {{"aria-label", "Name"}});
  add("2", "input", {{"id", "city"}});
  add("3", "label", {{"for", "city"}});
  add("4", "label");
  add("5", "input", json::object(), "4");
  REQUIRE(apply(R"([[0,"3",{"id":"6","type":3,"data":"City"},0],
                    [0,"4",{"id":"7","type":3,"data":"Street"},0]])"));
  add("8", "text", {{"label", "no property of it"}});
  tree.turnOver();
  CHECK(warnings.empty());
  std::vector<std::string> labels;
  for (const auto* target : viewTargets(tree.root())) {
    labels.push_back(viewLabel(tree.root(), *target));
  }
  CHECK(labels == std::vector<std::string>{"Name", "City", "Street"});
  REQUIRE(apply(R"([[2,"6",""]])"));
  add("9", "input", {{"id", "nobody"}});
  tree.turnOver();
  CHECK(warnings.size() == 1);
}

TEST_CASE_FIXTURE(ViewFixture, "view: every kind of component is drawn as text") {
  add("card", "card", {{"title", "Order 17"}});
  add("a", "switch", {{"label", "Delivered"}, {"checked", true}}, "card");
  add("g", "radiogroup", {{"label", "Size"}, {"value", "l"}});
  add("r1", "radio", {{"label", "Small"}, {"value", "s"}}, "g");
  add("r2", "radio", {{"label", "Large"}, {"value", "l"}}, "g");
  add("t", "tabs", {{"value", "two"}});
  add("t1", "tab", {{"label", "One"}, {"value", "one"}}, "t");
  add("t2", "tab", {{"label", "Two"}, {"value", "two"}, {"badge", "3"}}, "t");
  add("l", "list");
  add("i", "item", {{"detail", "Moscow"}, {"value", "2 kg"}}, "l");
  add("s", "select", {{"label", "City"}, {"value", "m"}});
  add("o", "option", {{"label", "Moscow"}, {"value", "m"}}, "s");
  add("p", "progress", {{"label", "Sent"}, {"value", 1}, {"max", 4}});
  add("q", "qr", {{"value", "RA1"}});
  add("av", "avatar", {{"label", "Anna"}});
  add("ic", "icon", {{"name", "truck"}});
  add("d", "date", {{"label", "Day"}, {"error", "too early"}});
  add("to", "toast", {{"text", "Saved"}});
  add("ad", "sponsored", {{"advertiser", "Flowers Ltd"}});
  add("sh", "sheet", {{"title", "More"}, {"open", true}});
  add("sh2", "sheet", {{"title", "Closed"}});
  CHECK(renderText(tree.root(), {40, true, false}) ==
        "Order 17\n"
        "  [x] Delivered(1)\n"
        "Size\n"
        "( ) Small(2) (o) Large(3)\n"
        "One(4) [Two] 3(5)\n"
        "- Moscow 2 kg\n"
        "City: [Moscow](6) (Sent: 25%) (QR: RA1)\n"
        "(Anna) Day: [_](7) (! too early)\n"
        "* Saved\n"
        "Advertisement: Flowers Ltd\n"
        "\n"
        "== More ==");
  CHECK(viewText(tree.root()) == "Order 17 Moscow 2 kg Saved More");
  TextRenderOptions russian;
  russian.language = "ru-RU";
  CHECK(renderText(tree.root(), russian).find("Реклама: Flowers Ltd") != std::string::npos);
}

}  // namespace kiosk::test
