#include "runtime/host/view/controls.h"

namespace kiosk {

bool hasProperty(const ViewNode& node, std::string_view name) {
  return node.properties.find(name) != node.properties.end();
}

std::string propertyOf(const ViewNode& node, std::string_view name) {
  const auto found = node.properties.find(name);
  return found == node.properties.end() ? std::string() : found->second;
}

ControlKind controlOf(const ViewNode& node) {
  const std::string& kind = node.component;
  if (kind == "button" || kind == "link") return ControlKind::Press;
  if (kind == "input") {
    const std::string type = propertyOf(node, "type");
    if (type == "checkbox") return ControlKind::Toggle;
    return type == "radio" ? ControlKind::Choice : ControlKind::Text;
  }
  if (kind == "textarea" || kind == "date") return ControlKind::Text;
  if (kind == "select") return ControlKind::Menu;
  if (kind == "checkbox" || kind == "switch") return ControlKind::Toggle;
  if (kind == "radio" || kind == "tab") return ControlKind::Choice;
  if (kind == "radiogroup" || kind == "tabs") return ControlKind::Choices;
  if (kind == "sheet" || kind == "dialog") return ControlKind::Panel;
  return ControlKind::None;
}

bool isOutOfSight(const ViewNode& node) {
  if (node.component == "hidden" || hasProperty(node, "hidden")) return true;
  if (controlOf(node) == ControlKind::Panel) return !hasProperty(node, "open");
  return node.component == "sponsored" && propertyOf(node, "advertiser").empty();
}

bool isInert(const ViewNode& node) {
  return hasProperty(node, "disabled") || hasProperty(node, "busy") ||
         hasProperty(node, "readonly");
}

bool isTarget(const ViewNode& node, bool heardAbove) {
  if (node.id == 0 || node.component.empty() || isInert(node)) return false;
  switch (controlOf(node)) {
    case ControlKind::Toggle:
    case ControlKind::Choice:
    case ControlKind::Text:
    case ControlKind::Menu:
      return true;
    case ControlKind::Panel:
      return node.events.count("close") != 0;
    case ControlKind::Press:
      return heardAbove || node.events.count("click") != 0 || node.events.count("change") != 0;
    case ControlKind::Choices:
    case ControlKind::None:
      return node.events.count("click") != 0;
  }
  return false;
}

bool takesText(const ViewNode& node) {
  const ControlKind kind = controlOf(node);
  return kind == ControlKind::Text || kind == ControlKind::Menu;
}

std::string choiceValue(const ViewNode& choice) {
  return hasProperty(choice, "value") ? propertyOf(choice, "value") : viewLabel(choice);
}

bool isChosen(const ViewNode& choice, const ViewNode* choices) {
  if (choices != nullptr && hasProperty(*choices, "value")) {
    return propertyOf(*choices, "value") == choiceValue(choice);
  }
  return hasProperty(choice, "checked") || hasProperty(choice, "selected");
}

}  // namespace kiosk
