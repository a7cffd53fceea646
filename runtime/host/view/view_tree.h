#pragma once
// The tree that a mini-app shows, kept by the host from the remote-dom mutation records that it
// sends.
//
//   [0, parent, node, index]         insert (index -1: at the end)
//   [1, parent, index]               remove
//   [2, id, text]                    text of a text node
//   [3, id, name, value, kind]       kind 1 property, 2 attribute, 3 event listener
//   node = {id, type: 1, element, attributes?, properties?, eventListeners?, children?}
//        | {id, type: 3, data} | {id, type: 8}
//
// Only listed components and properties are kept, and of their properties only values that they
// take (components.json); a component that is not listed is kept out of sight, so that a page with
// one wrong element still shows the rest. An image's source is a file of the package, or is not
// kept. A developer hears once of each component that is not listed, of each property that was
// given a wrong value, and of each component that has no label where a person needs one.

#include <kiosk/result.h>
#include <kiosk/view.h>

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/host/view/component_list.h"
#include "runtime/host/view/view_patch.h"

namespace kiosk {

constexpr std::size_t kViewTextBytesMax = 16 * 1024;
constexpr std::size_t kViewPropertyBytesMax = 4 * 1024;
constexpr std::uint32_t kViewDepthMax = 128;
/// All texts and properties of a view together.
constexpr std::size_t kViewBytesMax = std::size_t{8} << 20;

class ViewTree {
 public:
  /// `warn` hears what a developer has to know, each thing once.
  ViewTree(std::uint32_t nodesMax, std::function<void(std::string)> warn);

  const ViewNode& root() const { return *root_; }

  /// Applies one commit.
  /// Errors: InvalidParams   a record that no well-behaved DOM sends; LimitExceeded   too many
  /// nodes,
  ///         too deep, or too much text. The tree is then unusable: the session ends.
  Result<void> apply(const nlohmann::json& records);
  /// What was drawn in this turn is complete: looks whether labels are missing.
  void turnOver();

  /// Whether changes are recorded from here on. Off at first.
  void recordPatch(bool on) { patch_.record(on); }
  bool hasPatch() const { return !patch_.empty(); }
  /// What changed since it was taken last.
  nlohmann::json takePatch();

  const ViewNode* find(ViewNodeId id) const;
  /// Null for the root.
  const ViewNode* parentOf(const ViewNode& node) const;
  /// What the user did to a control, before the app hears of it; an empty `value` clears a flag.
  void setByUser(ViewNodeId id, std::string_view property, std::string_view value);
  /// The guest's name of node `id`.
  std::string guestId(ViewNodeId id) const;
  /// Whether an event at `node` reaches a listener of its own or of an ancestor.
  bool hears(const ViewNode& node, std::string_view event) const;

 private:
  struct Known {
    ViewNode* node;
    ViewNode* parent;
    std::uint32_t depth;
    bool unseen;  // in something that is not a component: no renderer hears of it
  };
  Result<void> insert(const nlohmann::json& record);
  Result<void> remove(const nlohmann::json& record);
  Result<void> setText(const nlohmann::json& record);
  Result<void> setProperty(const nlohmann::json& record);
  Result<std::unique_ptr<ViewNode>> build(const nlohmann::json& source, Known parent);
  Result<void> fill(Known& known, const nlohmann::json& source);
  Result<void> fillChildren(const Known& known, const nlohmann::json& source);
  void become(ViewNode& node, const std::string& tag);
  std::optional<std::string> assign(ViewNode& node, std::string_view name,
                                    const nlohmann::json& value);
  bool isKept(const ViewNode& node, const std::string& property, const PropertyType& type,
              std::string_view text);
  void putText(ViewNode& node, const std::string& text);
  void putProperty(ViewNode& node, const std::string& property, std::string value);
  void dropProperty(ViewNode& node, const std::string& property);
  bool listen(ViewNode& node, std::string_view event, bool on);
  void forget(const ViewNode& node);
  Known* known(const nlohmann::json& guestId);
  const Known* knownById(ViewNodeId id) const;
  void warnOnce(const std::string& key, const std::function<std::string()>& text);
  bool hasLabel(const ViewNode& node) const;

  std::uint32_t nodesMax_;
  std::function<void(std::string)> warn_;
  std::unique_ptr<ViewNode> root_;
  std::unordered_map<std::string, Known> byGuestId_;
  std::unordered_map<ViewNodeId, std::string> guestIds_;
  std::set<std::string, std::less<>> warned_;
  std::vector<ViewNodeId> newControls_;  // of this turn, whose labels are to be looked at
  PatchRecorder patch_;
  ViewNodeId nextId_ = 1;
  std::size_t bytes_ = 0;  // of all texts and properties
};

}  // namespace kiosk
