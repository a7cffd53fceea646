#include "runtime/host/view/user_acts.h"

#include "runtime/base/encoding.h"
#include "runtime/base/guard.h"
#include "runtime/host/view/controls.h"

namespace kiosk {
namespace {

using nlohmann::json;

Error notThere(const char* why) { return {ErrorCode::NotFound, why}; }
Error unfit(const char* why) { return {ErrorCode::InvalidParams, why}; }

/// Whether a person can see `node` and act on it.
bool isReachable(const ViewTree& tree, const ViewNode& node) {
  if (isInert(node)) return false;
  for (const ViewNode* at = &node; at != nullptr; at = tree.parentOf(*at)) {
    if (isOutOfSight(*at)) return false;
    if (controlOf(*at) == ControlKind::Choices && isInert(*at)) return false;
  }
  return true;
}

/// The nearest `tabs` or `radiogroup` around `node`; null: none.
const ViewNode* choicesAround(const ViewTree& tree, const ViewNode& node) {
  for (const ViewNode* at = tree.parentOf(node); at != nullptr; at = tree.parentOf(*at)) {
    if (controlOf(*at) == ControlKind::Choices) return at;
  }
  return nullptr;
}

/// Calls `use` with each choice under `node`.
template <typename Use>
void forEachChoice(const ViewNode& node, const Use& use) {
  for (const auto& child : node.children) {
    if (controlOf(*child) == ControlKind::Choice) use(*child);
    forEachChoice(*child, use);
  }
}

UserEffect heard(const ViewTree& tree, const ViewNode& node, std::string_view type) {
  UserEffect effect;
  effect.event = {{"id", tree.guestId(node.id)}, {"type", type}};
  return effect;
}

UserEffect toggled(const ViewTree& tree, const ViewNode& node, bool on) {
  UserEffect effect = heard(tree, node, "change");
  effect.event["value"] = on;
  effect.changes.push_back({node.id, "checked", on ? "true" : ""});
  return effect;
}

/// `node` holds from now on, and none of its group. Radio buttons that are a group by their name
/// alone are the guest's matter: it knows the forms they stand in.
UserEffect chosen(const ViewTree& tree, const ViewNode& node) {
  UserEffect effect = heard(tree, node, "change");
  effect.event["value"] = true;
  if (node.component != "tab") effect.changes.push_back({node.id, "checked", "true"});
  const ViewNode* choices = choicesAround(tree, node);
  if (choices == nullptr) return effect;
  forEachChoice(*choices, [&](const ViewNode& other) {
    if (other.id == node.id || !hasProperty(other, "checked")) return;
    effect.changes.push_back({other.id, "checked", ""});
  });
  const std::string value = choiceValue(node);
  effect.changes.push_back({choices->id, "value", value});
  effect.event["group"] = tree.guestId(choices->id);
  effect.event["groupValue"] = value;
  return effect;
}

Result<UserEffect> chosenByValue(const ViewTree& tree, const ViewNode& choices,
                                 const std::string& value) {
  const ViewNode* found = nullptr;
  forEachChoice(choices, [&](const ViewNode& choice) {
    if (found == nullptr && choiceValue(choice) == value) found = &choice;
  });
  if (found == nullptr) return unfit("there is no such choice");
  if (!isReachable(tree, *found)) return notThere("nothing there can be chosen");
  return chosen(tree, *found);
}

Result<UserEffect> typed(const ViewTree& tree, const ViewNode& node, const UserAct& act) {
  const std::string& value = *act.value;
  if (componentList().typeOf(node.component, "value")->takes(value)) {
    // Days are written so that their order is that of their texts.
    const std::string first = propertyOf(node, "min"), last = propertyOf(node, "max");
    const bool bounded = node.component == "date" && !value.empty();
    if (bounded && ((!first.empty() && value < first) || (!last.empty() && value > last))) {
      return unfit("the day is not within the bounds of its field");
    }
    UserEffect effect = heard(tree, node, act.event);
    effect.event["value"] = value;
    effect.changes.push_back({node.id, "value", value});
    return effect;
  }
  return unfit("a date is a day as YYYY-MM-DD");
}

const ViewNode* optionOf(const ViewNode& node, const std::string& value) {
  for (const auto& child : node.children) {
    if (isOutOfSight(*child)) continue;
    const bool isOption = child->component == "option";
    if (isOption && !isInert(*child) &&
        (choiceValue(*child) == value || viewLabel(*child) == value)) {
      return child.get();
    }
    if (const ViewNode* found = optionOf(*child, value)) return found;
  }
  return nullptr;
}

Result<UserEffect> picked(const ViewTree& tree, const ViewNode& node, const UserAct& act) {
  const ViewNode* option = optionOf(node, *act.value);
  if (option == nullptr) return unfit("there is no such option");
  const std::string value = choiceValue(*option);
  UserEffect effect = heard(tree, node, act.event);
  effect.event["value"] = value;
  effect.changes.push_back({node.id, "value", value});
  return effect;
}

Result<UserEffect> clicked(const ViewTree& tree, const ViewNode& node) {
  const ViewNode* parent = tree.parentOf(node);
  const bool heardAbove =
      parent != nullptr && (tree.hears(*parent, "click") || tree.hears(*parent, "submit"));
  if (!isTarget(node, heardAbove)) return notThere("nothing there can be tapped");
  switch (controlOf(node)) {
    case ControlKind::Toggle:
      return toggled(tree, node, !hasProperty(node, "checked"));
    case ControlKind::Choice:
      return chosen(tree, node);
    case ControlKind::Panel:
      return effectOf(tree, node.id, {"close", std::nullopt});
    default:
      return heard(tree, node, "click");
  }
}

Result<UserEffect> changed(const ViewTree& tree, const ViewNode& node, const UserAct& act) {
  const ControlKind kind = controlOf(node);
  if (kind == ControlKind::Choice) return chosen(tree, node);
  if (!act.value) return unfit("this needs a value");
  switch (kind) {
    case ControlKind::Toggle:
      return toggled(tree, node, *act.value == "true");
    case ControlKind::Choices:
      return chosenByValue(tree, node, *act.value);
    case ControlKind::Text:
      return typed(tree, node, act);
    case ControlKind::Menu:
      return picked(tree, node, act);
    default:
      return notThere("nothing there takes text");
  }
}

Result<UserEffect> closed(const ViewTree& tree, const ViewNode& node) {
  if (controlOf(node) != ControlKind::Panel) return notThere("nothing there can be closed");
  UserEffect effect = heard(tree, node, "close");
  effect.changes.push_back({node.id, "open", ""});
  effect.activates = false;
  return effect;
}

}  // namespace

Result<UserEffect> effectOf(const ViewTree& tree, ViewNodeId id, const UserAct& act) {
  if (componentList().events.count(act.event) == 0) return unfit("there is no such event");
  if (act.value &&
      !KIOSK_GUARD("host.typed", act.value->size() <= kTypedBytesMax && isUtf8(*act.value))) {
    return unfit("typed text is UTF-8 of at most 16 KiB");
  }
  const ViewNode* node = id == 0 ? nullptr : tree.find(id);
  if (node == nullptr || !isReachable(tree, *node)) {
    return notThere("nothing there can be tapped or typed into");
  }
  if (act.event == "click") return clicked(tree, *node);
  if (act.event == "input" || act.event == "change") return changed(tree, *node, act);
  if (act.event == "close") return closed(tree, *node);
  UserEffect effect;
  effect.activates = act.event == "submit" && tree.hears(*node, "submit");
  if (!tree.hears(*node, act.event)) return effect;
  effect.event = heard(tree, *node, act.event).event;
  return effect;
}

}  // namespace kiosk
