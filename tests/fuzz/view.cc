// Goal: whatever records a guest sends, the view stays within its bounds, holds listed components
// and values only, and a copy that applies the patches is the view. Method: an input is lines; one
// that begins with '[' is a commit, one with '!' an act of the user: "!NODE EVENT VALUE". After
// each line the whole tree is looked at.

#include <charconv>

#include "runtime/base/json.h"
#include "runtime/host/view/component_list.h"
#include "runtime/host/view/safe_text.h"
#include "runtime/host/view/user_acts.h"
#include "runtime/host/view/view_tree.h"
#include "tests/fuzz/fuzz.h"

namespace kiosk::fuzz {
namespace {

using nlohmann::json;

constexpr std::uint32_t kFewNodes = 60;

/// What a renderer elsewhere keeps; knows the documented patches and nothing else.
class ViewCopy {
 public:
  explicit ViewCopy(json view) : view_(std::move(view)) {}

  void apply(const json& patch) {
    for (const json& record : patch) {
      const std::string kind = record.at(0);
      if (kind == "=") {
        view_ = record.at(1);
        continue;
      }
      json* at = find(view_, record.at(1));
      KIOSK_CHECK(at != nullptr, "a patch names a node that the copy has");
      if (kind == "+") {
        json& children = (*at)["k"];
        if (children.is_null()) children = json::array();
        const auto index = record.at(2).get<std::size_t>();
        KIOSK_CHECK(index <= children.size(), "an insert is inside its parent");
        children.insert(children.begin() + static_cast<std::ptrdiff_t>(index), record.at(3));
      } else if (kind == "-") {
        removeChild(*at, record.at(2));
      } else if (kind == "x") {
        (*at)["x"] = record.at(2);
      } else if (kind == "p") {
        setProperty(*at, record.at(2), record.at(3));
      } else {
        KIOSK_CHECK(kind == "e", "there are six kinds of record");
        setOrDrop(*at, "e", record.at(2));
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
  static void setOrDrop(json& at, const char* member, const json& value) {
    if (value.empty()) {
      at.erase(member);
    } else {
      at[member] = value;
    }
  }
  static void removeChild(json& parent, const json& id) {
    json kept = json::array();
    for (const json& child : parent.value("k", json::array())) {
      if (child.at("id") != id) kept.push_back(child);
    }
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

struct ViewSize {
  std::size_t nodes = 0, bytes = 0;
};

void checkNode(const ViewTree& tree, const ViewNode& node, std::uint32_t depth, ViewSize& size) {
  const auto& list = componentList();
  KIOSK_CHECK(depth <= kViewDepthMax, "a view is within its depth");
  KIOSK_CHECK(tree.find(node.id) == &node, "a node is found by its number");
  KIOSK_CHECK(depth == 0 || !tree.guestId(node.id).empty(), "a node has the guest's name");
  ++size.nodes;
  size.bytes += node.text.size();
  KIOSK_CHECK(node.text == printableText(node.text, kViewTextBytesMax), "a text can be shown");
  KIOSK_CHECK(node.text.empty() || node.component.empty(), "a text is a text node's");
  const bool isListed = list.components.contains(node.component);
  KIOSK_CHECK(isListed || node.component.empty() || node.component == "hidden" || depth == 0,
              "a component is one that is listed");
  for (const auto& [name, value] : node.properties) {
    size.bytes += value.size();
    KIOSK_CHECK(value == printableText(value, kViewPropertyBytesMax), "a value can be shown");
    const PropertyType* type = list.typeOf(node.component, name);
    KIOSK_CHECK(type != nullptr && type->takes(value), "a property has a value that it takes");
  }
  for (const auto& event : node.events) {
    KIOSK_CHECK(list.events.contains(event), "an event is one that is listed");
  }
  for (const auto& child : node.children) {
    KIOSK_CHECK(tree.parentOf(*child) == &node, "a child knows its parent");
    checkNode(tree, *child, depth + 1, size);
  }
}

void checkView(const ViewTree& tree, const ViewCopy& copy) {
  ViewSize size;
  checkNode(tree, tree.root(), 0, size);
  KIOSK_CHECK(size.nodes <= kFewNodes + 1 && size.bytes <= kViewBytesMax,
              "a view is within its bounds");
  KIOSK_CHECK(copy.view() == viewJson(tree.root()), "a copy that applies the patches is the view");
  const auto targets = viewTargets(tree.root());
  KIOSK_CHECK(targets.size() < size.nodes, "the root is no target");
  TextRenderOptions options;
  for (const bool isPlain : {true, false}) {
    options.numbers = options.colour = !isPlain;
    options.language = isPlain ? "en" : "ru";
    KIOSK_CHECK(isUtf8(renderText(tree.root(), options)), "a view can be drawn");
  }
}

void act(ViewTree& tree, std::string_view line) {
  Pieces pieces(line);
  const auto number = pieces.until(' ');
  ViewNodeId id = 0;
  std::from_chars(number.data(), number.data() + number.size(), id);
  const std::string event(pieces.until(' '));
  const auto value = pieces.empty() ? std::nullopt : std::optional(std::string(pieces.rest()));
  const auto effect = effectOf(tree, id, {event, value});
  if (!effect) return;
  for (const auto& change : effect->changes) {
    KIOSK_CHECK(tree.find(change.node) != nullptr, "an act changes what is there");
    tree.setByUser(change.node, change.property, change.value);
  }
}

}  // namespace

void tryInput(std::string_view input) {
  std::size_t warnings = 0;
  ViewTree tree(kFewNodes, [&warnings](const std::string& text) {
    KIOSK_CHECK(isUtf8(text), "a warning can be shown");
    KIOSK_CHECK(++warnings <= 100, "warnings have a bound");
  });
  tree.recordPatch(true);
  ViewCopy copy(viewJson(tree.root()));
  for (Pieces lines(input); !lines.empty();) {
    const auto line = lines.until('\n');
    if (line.starts_with('!')) {
      act(tree, line.substr(1));
    } else if (const auto records = parseJson(line); records && records->is_array()) {
      if (!tree.apply(*records)) return;
      tree.turnOver();
    } else {
      continue;
    }
    if (tree.hasPatch()) copy.apply(tree.takePatch());
    checkView(tree, copy);
  }
}

std::vector<Seed> madeSeeds() {
  std::string everything, deep;
  int id = 0;
  const auto insert = [&id](const std::string& parent, const json& members) {
    json node = {{"id", std::to_string(++id)}, {"type", 1u}};
    node.update(members);
    return json::array({json::array({0u, parent, node, -1})}).dump() + "\n";
  };
  std::vector<Seed> seeds;
  for (const auto& [name, component] : componentList().components) {
    json properties = json::object(), listeners = {{"click", nullptr}, {"change", nullptr}};
    for (const auto& [property, type] : component.properties) {
      properties[property] = type->values.empty() ? "1" : *type->values.begin();
    }
    id = 0;
    const json text = {{"id", "t"}, {"type", 3u}, {"data", "Pay"}};
    seeds.push_back({name, insert("~", {{"element", name},
                                        {"properties", properties},
                                        {"eventListeners", listeners},
                                        {"children", json::array({text})}}) +
                               "!1 click\n!1 change 1\n[[3,\"1\",\"hidden\",true,1]]\n"});
  }
  return seeds;
}

}  // namespace kiosk::fuzz
