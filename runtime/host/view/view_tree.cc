#include "runtime/host/view/view_tree.h"

#include "runtime/base/guard.h"
#include "runtime/host/view/controls.h"
#include "runtime/host/view/safe_text.h"

namespace kiosk {
namespace {

using nlohmann::json;

constexpr std::string_view kRootId = "~";
constexpr std::size_t kGuestIdBytesMax = 24;
/// Of a name or a value in a warning, and how many warnings there are in all.
constexpr std::size_t kTagBytesMax = 64;
constexpr std::size_t kWarningsMax = 100;

Error broken(std::string why) { return {ErrorCode::InvalidParams, "ui.commit: " + std::move(why)}; }

/// A node takes about as much again in JSON, next to its texts and properties.
constexpr std::size_t kNodeBytes = 48;

/// The ids that labels under `node` name.
void collectNamed(const ViewNode& node, std::set<std::string>& out) {
  if (node.component == "label" && hasProperty(node, "for")) out.insert(propertyOf(node, "for"));
  for (const auto& child : node.children) collectNamed(*child, out);
}

std::string headingLevel(std::string_view element) {
  return element.size() == 2 && element[0] == 'h' ? std::string(element.substr(1)) : "";
}

}  // namespace

ViewTree::ViewTree(std::uint32_t nodesMax, std::function<void(std::string)> warn)
    : nodesMax_(nodesMax), warn_(std::move(warn)), root_(std::make_unique<ViewNode>()) {
  root_->component = "page";
  byGuestId_[std::string(kRootId)] = {root_.get(), nullptr, 0, false};
  guestIds_[0] = kRootId;
}

ViewTree::Known* ViewTree::known(const json& guestId) {
  if (!guestId.is_string()) return nullptr;
  const auto found = byGuestId_.find(guestId.get_ref<const std::string&>());
  return found == byGuestId_.end() ? nullptr : &found->second;
}

const ViewTree::Known* ViewTree::knownById(ViewNodeId id) const {
  const auto name = guestIds_.find(id);
  return name == guestIds_.end() ? nullptr : &byGuestId_.at(name->second);
}

const ViewNode* ViewTree::find(ViewNodeId id) const {
  const Known* found = knownById(id);
  return found == nullptr ? nullptr : found->node;
}

const ViewNode* ViewTree::parentOf(const ViewNode& node) const {
  const Known* found = knownById(node.id);
  return found == nullptr ? nullptr : found->parent;
}

void ViewTree::setByUser(ViewNodeId id, std::string_view property, std::string_view value) {
  const Known* found = knownById(id);
  if (found == nullptr) return;
  const auto& list = componentList();
  const PropertyType* type = list.typeOf(found->node->component, property);
  const bool isFlag = type != nullptr && type->kind == PropertyKind::Flag;
  const auto changed = assign(*found->node, property, isFlag ? json(!value.empty()) : json(value));
  if (changed && !found->unseen) patch_.propertyChanged(*found->node, *changed);
}

json ViewTree::takePatch() { return patch_.take(*root_, bytes_ + byGuestId_.size() * kNodeBytes); }

void ViewTree::warnOnce(const std::string& key, const std::function<std::string()>& text) {
  if (warned_.size() < kWarningsMax && warned_.insert(key).second) warn_(text());
}

std::string ViewTree::guestId(ViewNodeId id) const {
  const auto name = guestIds_.find(id);
  return name == guestIds_.end() ? std::string() : name->second;
}

bool ViewTree::hears(const ViewNode& node, std::string_view event) const {
  for (const ViewNode* at = &node; at != nullptr; at = parentOf(*at)) {
    if (at->events.count(event) != 0) return true;
  }
  return false;
}

Result<void> ViewTree::apply(const json& records) {
  if (!records.is_array()) return broken("records are an array");
  for (const json& record : records) {
    if (!record.is_array() || record.empty() || !record[0].is_number_unsigned()) {
      return broken("a record is an array that begins with its type");
    }
    Result<void> done;
    switch (record[0].get<std::uint64_t>()) {
      case 0:
        done = insert(record);
        break;
      case 1:
        done = remove(record);
        break;
      case 2:
        done = setText(record);
        break;
      case 3:
        done = setProperty(record);
        break;
      default:
        done = broken("a record's type is 0 to 3");
    }
    if (!done) return done;
    if (!KIOSK_GUARD("view.bytes", bytes_ <= kViewBytesMax)) {
      return Error{ErrorCode::LimitExceeded, "the view's texts are more than 8 MiB"};
    }
  }
  return {};
}

Result<void> ViewTree::insert(const json& record) {
  Known* parent = record.size() == 4 ? known(record[1]) : nullptr;
  if (parent == nullptr || !record[3].is_number_integer()) {
    return broken("an insert names a known parent, a node and an index");
  }
  ViewNode& into = *parent->node;
  if (into.component.empty()) return broken("a text node has no children");
  const auto index = record[3].get<std::int64_t>();
  const auto count = static_cast<std::int64_t>(into.children.size());
  if (index < -1 || index > count) return broken("an insert's index is inside its parent");
  const bool unseen = parent->unseen || into.component == "hidden";
  auto node = build(record[2], *parent);
  if (!node) return std::move(node).error();
  const auto place = index < 0 ? count : index;
  const auto at = into.children.insert(into.children.begin() + place, std::move(*node));
  if (!unseen) patch_.inserted(into, static_cast<std::size_t>(place), **at);
  return {};
}

Result<std::unique_ptr<ViewNode>> ViewTree::build(const json& source, Known parent) {
  if (!source.is_object()) return broken("a node is an object");
  const auto id = source.find("id"), type = source.find("type");
  if (id == source.end() || !id->is_string() || id->get_ref<const std::string&>().empty() ||
      id->get_ref<const std::string&>().size() > kGuestIdBytesMax || type == source.end() ||
      !type->is_number_unsigned()) {
    return broken("a node has a text id and a type");
  }
  if (!KIOSK_GUARD("view.depth", parent.depth < kViewDepthMax)) {
    return Error{ErrorCode::LimitExceeded, "the view is too deep"};
  }
  if (!KIOSK_GUARD("view.nodes", byGuestId_.size() <= nodesMax_)) {
    return Error{ErrorCode::LimitExceeded,
                 "the view has more than " + std::to_string(nodesMax_) + " nodes"};
  }
  auto node = std::make_unique<ViewNode>();
  node->id = nextId_++;
  const auto& name = id->get_ref<const std::string&>();
  Known made{node.get(), parent.node, parent.depth + 1,
             parent.unseen || parent.node->component == "hidden"};
  if (!byGuestId_.emplace(name, made).second) return broken("a node's id is in use");
  guestIds_[node->id] = name;
  auto filled = fill(made, source);
  if (!filled) return filled.error();
  return node;
}

/// Makes `node` the component that `tag` stands for, with what the tag itself says of it.
void ViewTree::become(ViewNode& node, const std::string& tag) {
  const auto& list = componentList();
  const auto alias = list.aliases.find(tag);
  node.component = alias == list.aliases.end() ? tag : alias->second;
  if (!KIOSK_GUARD("view.components", list.components.count(node.component) != 0)) {
    const std::string name = printableText(tag, kTagBytesMax);
    warnOnce(name, [&] { return "<" + name + "> is not a component that the host shows"; });
    node.component = "hidden";
  }
  if (alias == list.aliases.end()) return;
  if (node.component == "heading") putProperty(node, "level", headingLevel(tag));
  if (tag == "p") putProperty(node, "block", "true");
  if (tag == "strong" || tag == "b") putProperty(node, "strong", "true");
  if (tag == "small") putProperty(node, "size", "small");
}

Result<void> ViewTree::fill(Known& known, const json& source) {
  ViewNode& node = *known.node;
  const auto type = source["type"].get<std::uint64_t>();
  if (type == 3) {
    const auto data = source.find("data");
    if (data == source.end() || !data->is_string()) return broken("a text node has data");
    putText(node, data->get_ref<const std::string&>());
    return {};
  }
  if (type == 8) {
    node.component = "hidden";
    return {};
  }
  const auto element = source.find("element");
  if (type != 1 || element == source.end() || !element->is_string()) {
    return broken("a node is an element, a text or a comment");
  }
  become(node, element->get_ref<const std::string&>());
  for (const char* group : {"attributes", "properties"}) {
    const auto values = source.find(group);
    if (values == source.end()) continue;
    if (!values->is_object()) return broken("a node's properties are an object");
    for (const auto& [name, value] : values->items()) assign(node, name, value);
  }
  if (const auto listeners = source.find("eventListeners"); listeners != source.end()) {
    if (!listeners->is_object()) return broken("a node's listeners are an object");
    for (const auto& [name, value] : listeners->items()) {
      (void)value;
      listen(node, name, true);
    }
  }
  const auto& components = componentList().components;
  const auto listed = components.find(node.component);
  if (listed != components.end() && listed->second.needsLabel && newControls_.size() < nodesMax_) {
    newControls_.push_back(node.id);
  }
  return fillChildren(known, source);
}

Result<void> ViewTree::fillChildren(const Known& known, const json& source) {
  const auto children = source.find("children");
  if (children == source.end()) return {};
  if (!children->is_array()) return broken("a node's children are an array");
  for (const json& child : *children) {
    auto built = build(child, known);
    if (!built) return std::move(built).error();
    known.node->children.push_back(std::move(*built));
  }
  return {};
}

Result<void> ViewTree::remove(const json& record) {
  Known* parent = record.size() == 3 ? known(record[1]) : nullptr;
  if (parent == nullptr || !record[2].is_number_unsigned() ||
      record[2].get<std::uint64_t>() >= parent->node->children.size()) {
    return broken("a remove names a known parent and the index of a child");
  }
  auto& children = parent->node->children;
  const auto at = children.begin() + static_cast<std::ptrdiff_t>(record[2].get<std::uint64_t>());
  const bool unseen = parent->unseen || parent->node->component == "hidden";
  if (!unseen) patch_.removed(*parent->node, **at);
  forget(**at);
  children.erase(at);
  return {};
}

void ViewTree::forget(const ViewNode& node) {
  for (const auto& child : node.children) forget(*child);
  bytes_ -= node.text.size();
  for (const auto& [name, value] : node.properties) bytes_ -= value.size();
  const auto name = guestIds_.find(node.id);
  byGuestId_.erase(name->second);
  guestIds_.erase(name);
}

Result<void> ViewTree::setText(const json& record) {
  Known* target = record.size() == 3 ? known(record[1]) : nullptr;
  if (target == nullptr || !record[2].is_string()) return broken("a text names a known node");
  ViewNode& node = *target->node;
  if (!node.component.empty()) return {};
  putText(node, record[2].get_ref<const std::string&>());
  if (!target->unseen) patch_.textChanged(node);
  return {};
}

Result<void> ViewTree::setProperty(const json& record) {
  Known* target = record.size() == 5 ? known(record[1]) : nullptr;
  if (target == nullptr || !record[2].is_string() || !record[4].is_number_unsigned()) {
    return broken("a property names a known node, a name, a value and a kind");
  }
  const bool unseen = target->unseen || target->node->component == "hidden";
  const auto& name = record[2].get_ref<const std::string&>();
  if (record[4].get<std::uint64_t>() == 3) {
    const bool on = !record[3].is_null() && record[3] != json(false);
    if (listen(*target->node, name, on) && !unseen) patch_.eventsChanged(*target->node);
  } else if (const auto changed = assign(*target->node, name, record[3]); changed && !unseen) {
    patch_.propertyChanged(*target->node, *changed);
  }
  return {};
}

/// Whether `property` may be `text`; a developer hears of it where it may not.
bool ViewTree::isKept(const ViewNode& node, const std::string& property, const PropertyType& type,
                      std::string_view text) {
  const bool takes = type.takes(text);
  const bool kept = type.kind == PropertyKind::Asset ? KIOSK_GUARD("view.source", takes)
                                                     : KIOSK_GUARD("view.values", takes);
  if (kept) return true;
  warnOnce(node.component + "." + property, [&] {
    return "<" + node.component + ">: " + property + " is " + type.description() + ", and \"" +
           printableText(text, kTagBytesMax) + "\" is dropped";
  });
  return false;
}

/// The property's listed name when it is another than before.
std::optional<std::string> ViewTree::assign(ViewNode& node, std::string_view name,
                                            const json& value) {
  const auto& list = componentList();
  const auto alias = list.propertyAliases.find(name);
  std::string property(alias == list.propertyAliases.end() ? name : alias->second);
  const PropertyType* type = list.typeOf(node.component, property);
  if (!KIOSK_GUARD("view.properties", type != nullptr)) return std::nullopt;
  static const PropertyType kAnyText;
  if (type == nullptr) type = &kAnyText;
  auto text = propertyText(*type, value);
  if (text) *text = printableText(*text, kViewPropertyBytesMax);
  if (text && !isKept(node, property, *type, *text)) text = std::nullopt;
  const auto before = node.properties.find(property);
  if (!text) {
    if (before == node.properties.end()) return std::nullopt;
    dropProperty(node, property);
    return property;
  }
  if (before != node.properties.end() && before->second == *text) return std::nullopt;
  putProperty(node, property, std::move(*text));
  return property;
}

void ViewTree::putText(ViewNode& node, const std::string& text) {
  bytes_ -= node.text.size();
  node.text = printableText(text, kViewTextBytesMax);
  bytes_ += node.text.size();
}

void ViewTree::putProperty(ViewNode& node, const std::string& property, std::string value) {
  dropProperty(node, property);
  bytes_ += value.size();
  node.properties[property] = std::move(value);
}

void ViewTree::dropProperty(ViewNode& node, const std::string& property) {
  const auto found = node.properties.find(property);
  if (found == node.properties.end()) return;
  bytes_ -= found->second.size();
  node.properties.erase(found);
}

bool ViewTree::listen(ViewNode& node, std::string_view event, bool on) {
  if (node.component.empty()) return false;  // nothing happens at a text
  const auto& list = componentList();
  const auto alias = list.eventAliases.find(event);
  std::string name(alias == list.eventAliases.end() ? event : alias->second);
  if (!KIOSK_GUARD("view.events", list.events.count(name) != 0)) return false;
  return on ? node.events.insert(std::move(name)).second : node.events.erase(name) != 0;
}

/// Whether a person, or a screen reader, has a name to call `node` by; a `label` that names it from
/// afar is not looked for.
bool ViewTree::hasLabel(const ViewNode& node) const {
  if (!viewLabel(node).empty() || !propertyOf(node, "title").empty()) return true;
  for (const ViewNode* at = parentOf(node); at != nullptr; at = parentOf(*at)) {
    if (at->component == "label" && !viewText(*at).empty()) return true;
  }
  return false;
}

void ViewTree::turnOver() {
  std::optional<std::set<std::string>> named;  // by labels, once it is needed
  for (const ViewNodeId id : std::exchange(newControls_, {})) {
    const ViewNode* node = find(id);
    if (node == nullptr || warned_.count("label of " + node->component) != 0) continue;
    if (hasLabel(*node)) continue;
    if (!named) collectNamed(*root_, named.emplace());
    if (named->count(propertyOf(*node, "id")) != 0) continue;
    warnOnce("label of " + node->component, [&] {
      return "a <" + node->component +
             "> has no label: give it a text, a `label`, or a <label for>";
    });
  }
}

}  // namespace kiosk
