// Goal: what a person does reaches the control that was meant, with a value that it takes, and
// nothing out of sight can be acted on. Method: acts on a tree, the effect looked at and applied.

#include "runtime/host/view/user_acts.h"

#include "tests/unit/host/view_fixture.h"

namespace kiosk::test {
namespace {

using nlohmann::json;

struct ActFixture : ViewFixture {
  /// Does `event` and returns what the guest is told without its id, or the error's name.
  std::string act(ViewNodeId id, const char* event, std::optional<std::string> value = {}) {
    auto effect = effectOf(tree, id, {event, std::move(value)});
    if (!effect) return std::string(errorName(effect.error().code));
    for (const auto& change : effect->changes) {
      tree.setByUser(change.node, change.property, change.value);
    }
    activated = effect->activates;
    if (effect->event.is_null()) return "nothing";
    effect->event.erase("id");
    return effect->event.dump();
  }
  static bool has(const ViewNode& node, const char* property) {
    return node.properties.count(property) != 0;
  }
  bool activated = false;
};

}  // namespace

TEST_CASE_FIXTURE(ActFixture, "act: a box is turned by a tap, and set by a change") {
  for (const char* element : {"checkbox", "switch", "input"}) {
    CAPTURE(element);
    const auto& box = add(element, element, {{"type", "checkbox"}, {"label", "Yes"}});
    CHECK(act(box.id, "click") == R"({"type":"change","value":true})");
    CHECK(box.properties.at("checked") == "true");
    CHECK(activated);
    CHECK(act(box.id, "change", "") == R"({"type":"change","value":false})");
    CHECK_FALSE(has(box, "checked"));
  }
}

TEST_CASE_FIXTURE(ActFixture,
                  "act: of the radios of a group one holds, and the group has its value") {
  const auto& group = add("g", "radiogroup", {{"label", "Size"}});
  const auto& small = add("a", "radio", {{"label", "Small"}, {"value", "s"}}, "g");
  const auto& large = add("b", "radio", {{"label", "Large"}}, "g");
  CHECK(act(small.id, "click") == R"({"group":"g","groupValue":"s","type":"change","value":true})");
  CHECK(group.properties.at("value") == "s");
  // One without a value has its label for one.
  CHECK(act(group.id, "change", "Large") ==
        R"({"group":"g","groupValue":"Large","type":"change","value":true})");
  CHECK_FALSE(has(small, "checked"));
  CHECK(has(large, "checked"));
  CHECK(act(group.id, "change", "Huge") == "invalid_params");
  set("b", "disabled", true);
  CHECK(act(group.id, "change", "Large") == "not_found");
}

TEST_CASE_FIXTURE(ActFixture, "act: a tab is chosen by a tap") {
  const auto& tabs = add("t", "tabs", {{"value", "one"}});
  add("a", "tab", {{"value", "one"}, {"label", "One"}}, "t");
  const auto& two = add("b", "tab", {{"value", "two"}, {"label", "Two"}}, "t");
  CHECK(act(two.id, "click") == R"({"group":"t","groupValue":"two","type":"change","value":true})");
  CHECK(tabs.properties.at("value") == "two");
}

TEST_CASE_FIXTURE(ActFixture, "act: a menu takes the value or the words of an option that it has") {
  const auto& menu = add("m", "select", {{"label", "City"}});
  add("a", "option", {{"value", "spb"}, {"label", "Saint Petersburg"}}, "m");
  add("b", "option", {{"value", "msk"}, {"label", "Moscow"}, {"disabled", true}}, "m");
  CHECK(act(menu.id, "change", "spb") == R"({"type":"change","value":"spb"})");
  CHECK(act(menu.id, "input", "Saint Petersburg") == R"({"type":"input","value":"spb"})");
  CHECK(menu.properties.at("value") == "spb");
  CHECK(act(menu.id, "change", "msk") == "invalid_params");
  CHECK(act(menu.id, "change", "x") == "invalid_params");
  CHECK(act(menu.id, "change") == "invalid_params");
}

TEST_CASE_FIXTURE(ActFixture, "act: a date takes days within its bounds") {
  const auto& date =
      add("d", "date", {{"label", "Day"}, {"min", "2024-02-01"}, {"max", "2024-02-29"}});
  for (const char* wrong : {"2024-01-31", "2024-03-01", "2024-02-30", "tomorrow"}) {
    CHECK(act(date.id, "change", wrong) == "invalid_params");
  }
  CHECK(act(date.id, "change", "2024-02-29") == R"({"type":"change","value":"2024-02-29"})");
  CHECK(act(date.id, "change", "") == R"({"type":"change","value":""})");
}

TEST_CASE_FIXTURE(ActFixture, "act: a sheet is put away before the app hears of it, for no touch") {
  const auto& sheet = add("s", "sheet", {{"open", true}, {"title", "More"}});
  const auto& inside = add("i", "input", {{"label", "Name"}}, "s");
  CHECK(act(inside.id, "input", "A") == R"({"type":"input","value":"A"})");
  CHECK(act(sheet.id, "close") == R"({"type":"close"})");
  CHECK_FALSE(has(sheet, "open"));
  CHECK_FALSE(activated);
  CHECK(act(inside.id, "input", "B") == "not_found");
  CHECK(act(sheet.id, "close") == "not_found");
}

TEST_CASE_FIXTURE(ActFixture,
                  "act: what is hidden, disabled, busy or not listened to is left alone") {
  add("box", "stack");
  const auto& button = add("b", "button", {{"label", "Pay"}}, "box");
  CHECK(act(button.id, "click") == "not_found");
  REQUIRE(apply(R"([[3,"b","click",true,3]])"));
  CHECK(act(button.id, "click") == R"({"type":"click"})");
  for (const char* flag : {"disabled", "busy", "hidden"}) {
    CAPTURE(flag);
    set("b", flag, true);
    CHECK(act(button.id, "click") == "not_found");
    set("b", flag, json());
  }
  set("box", "hidden", true);
  CHECK(act(button.id, "click") == "not_found");
  const auto& text = add("t", "text");
  CHECK(act(text.id, "input", "x") == "not_found");
  CHECK(act(text.id, "close") == "not_found");
  CHECK(act(0, "click") == "not_found");
  CHECK(act(9999, "click") == "not_found");
}

TEST_CASE_FIXTURE(ActFixture, "act: paid content of nobody is out of sight") {
  add("s", "sponsored");
  const auto& field = add("i", "input", {{"label", "Name"}}, "s");
  CHECK(act(field.id, "input", "A") == "not_found");
  set("s", "advertiser", "Flowers Ltd");
  CHECK(act(field.id, "input", "A") == R"({"type":"input","value":"A"})");
}

TEST_CASE_FIXTURE(ActFixture,
                  "act: a form is sent where one listens; focus is told and is no touch") {
  add("f", "form");
  const auto& field = add("i", "input", {{"label", "Name"}}, "f");
  const auto& button = add("b", "button", {{"label", "Send"}}, "f");
  CHECK(act(field.id, "submit") == "nothing");
  CHECK_FALSE(activated);
  REQUIRE(apply(R"([[3,"f","submit",true,3]])"));
  CHECK(act(field.id, "submit") == R"({"type":"submit"})");
  CHECK(activated);
  CHECK(act(button.id, "click") == R"({"type":"click"})");
  CHECK(act(field.id, "focus") == "nothing");
  REQUIRE(apply(R"([[3,"i","focus",true,3]])"));
  CHECK(act(field.id, "focus") == R"({"type":"focus"})");
  CHECK_FALSE(activated);
}

TEST_CASE_FIXTURE(ActFixture, "act: events and values that nobody lists are refused") {
  const auto& field = add("i", "input", {{"label", "Name"}});
  CHECK(act(field.id, "keydown") == "invalid_params");
  CHECK(act(field.id, "input") == "invalid_params");
  CHECK(act(field.id, "input", "\xff") == "invalid_params");
  CHECK(act(field.id, "input", std::string(kTypedBytesMax + 1, 'x')) == "invalid_params");
  CHECK(act(field.id, "input", std::string(kTypedBytesMax, 'x')) != "invalid_params");
}

}  // namespace kiosk::test
