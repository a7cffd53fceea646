// The view as lines of text: for terminals, logs of a tour, and tests.

#include <kiosk/view.h>

#include <algorithm>
#include <cstdlib>
#include <unordered_map>
#include <utility>

#include "runtime/host/view/controls.h"

namespace kiosk {
namespace {

void collect(const ViewNode& node, bool heard, std::vector<const ViewNode*>& out) {
  if (isOutOfSight(node)) return;
  if (isTarget(node, heard)) out.push_back(&node);
  // A button of a form is heard by what hears the form being sent.
  heard = heard || node.events.count("click") != 0 || node.events.count("submit") != 0;
  for (const auto& child : node.children) collect(*child, heard, out);
}

/// Words of a component that are no text node.
void appendWords(const ViewNode& node, std::initializer_list<const char*> names, std::string& out) {
  for (const char* name : names) {
    const std::string words = propertyOf(node, name);
    if (words.empty()) continue;
    if (!out.empty() && out.back() != ' ') out += ' ';
    out += words + ' ';
  }
}

void appendText(const ViewNode& node, std::string& out) {
  if (isOutOfSight(node)) return;
  if (node.component.empty()) out += node.text;
  appendWords(node, {"title"}, out);
  if (node.component == "toast") appendWords(node, {"text"}, out);
  for (const auto& child : node.children) {
    const bool isInline =
        child->component.empty() || (child->component == "text" && !hasProperty(*child, "block"));
    if (!isInline && !out.empty() && out.back() != ' ') out += ' ';
    appendText(*child, out);
    if (!isInline && !out.empty() && out.back() != ' ') out += ' ';
  }
  if (node.component == "item") appendWords(node, {"detail", "value"}, out);
}

std::string collapse(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t';
    if (space && (out.empty() || out.back() == ' ')) continue;
    out += space ? ' ' : c;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// The words of the nearest label around `node` below `at`, or of one that names it as `id`.
std::string labelAround(const ViewNode& at, const ViewNode& node, const std::string& id,
                        const std::string& around) {
  if (&at == &node) return around;
  const bool isLabel = at.component == "label";
  if (isLabel && !id.empty() && propertyOf(at, "for") == id) return viewText(at);
  const std::string words = isLabel ? viewText(at) : around;
  for (const auto& child : at.children) {
    std::string found = labelAround(*child, node, id, words);
    if (!found.empty()) return found;
  }
  return "";
}

/// Stands for a space at which no line is broken, until a line is written.
constexpr char kBond = '\x01';

std::string bonded(std::string text) {
  std::replace(text.begin(), text.end(), ' ', kBond);
  return text;
}

/// Columns of `utf8` on a terminal, colour sequences not counted.
std::size_t columnsOf(std::string_view utf8) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    if (utf8[at] == '\x1b') {
      at = std::min(utf8.find('m', at), utf8.size());
    } else {
      columns += (utf8[at] & 0xC0) != 0x80 ? 1 : 0;
    }
  }
  return columns;
}

/// The whole of a `progress` that names none.
constexpr double kProgressMax = 100;

/// The few words that are the host's own.
struct HostWords {
  std::string_view working, off, sponsored;
};
const HostWords& hostWords(std::string_view language) {
  static constexpr HostWords kEnglish{"working", "off", "Advertisement"};
  static constexpr HostWords kRussian{"подождите", "недоступно", "Реклама"};
  return language.substr(0, 2) == "ru" ? kRussian : kEnglish;
}

class TextRenderer {
 public:
  TextRenderer(const ViewNode& root, const TextRenderOptions& options)
      : root_(root), options_(options), words_(hostWords(options.language)) {
    if (!options_.numbers) return;
    for (const ViewNode* target : viewTargets(root)) numbers_.emplace(target, numbers_.size() + 1);
  }

  void draw(const ViewNode& node, std::size_t indent) {
    if (isOutOfSight(node)) return;
    const std::string& kind = node.component;
    if (kind.empty() || kind == "text" || kind == "badge" || kind == "link") {
      inlinePiece(node, indent);
    } else if (kind == "label" && !holdsControl(node)) {
      inlinePiece(node, indent);
    } else if (kind == "break") {
      flush();
    } else if (kind == "heading") {
      flush();
      gap();
      line(indent, bold(viewLabel(node)));
    } else if (kind == "divider") {
      flush();
      line(indent, std::string(std::min<std::size_t>(options_.widthColumns, 24), '-'));
    } else if (kind == "button") {
      piece(bonded("[ " + viewLabel(node) + state(node) + " ]") + number(node), indent);
    } else if (takesText(node) || controlOf(node) == ControlKind::Toggle ||
               controlOf(node) == ControlKind::Choice) {
      control(node, indent);
    } else if (!picture(node, indent)) {
      block(node, indent);
    }
  }

  std::string finish() {
    flush();
    while (!out_.empty() && out_.back() == '\n') out_.pop_back();
    return out_;
  }

 private:
  /// What has no children to draw; false for anything else.
  bool picture(const ViewNode& node, std::size_t indent) {
    const std::string& kind = node.component;
    const std::string label = collapse(propertyOf(node, "label"));
    if (kind == "spinner" || (kind == "progress" && !hasProperty(node, "value"))) {
      piece("(" + (label.empty() ? std::string(words_.working) : label) + "…)", indent);
    } else if (kind == "progress") {
      piece("(" + label + (label.empty() ? "" : ": ") + percent(node) + ")", indent);
    } else if (kind == "image" || kind == "avatar" || kind == "icon") {
      // An icon without a label only adorns what stands beside it.
      if (!label.empty() || kind == "image") piece("(" + label + ")", indent);
    } else if (kind == "qr") {
      piece(bonded("(QR: " + propertyOf(node, "value") + ")"), indent);
    } else if (kind == "toast") {
      flush();
      line(indent, "* " + collapse(propertyOf(node, "text")));
    } else {
      return false;
    }
    return true;
  }

  void block(const ViewNode& node, std::size_t indent) {
    flush();
    const bool isPanel = controlOf(node) == ControlKind::Panel;
    const bool isItem = node.component == "item", isCard = node.component == "card";
    if (isCard || isPanel) gap();
    if (isItem) bullet_ = true;
    titleOf(node, indent, isPanel);
    const bool inset = isItem || isCard || isPanel || node.component == "sponsored";
    const ViewNode* const around = choices_;
    if (controlOf(node) == ControlKind::Choices) choices_ = &node;
    for (const auto& child : node.children) draw(*child, indent + (inset ? 2 : 0));
    choices_ = around;
    if (isItem) {
      for (const char* name : {"detail", "value"}) piece(" " + propertyOf(node, name), indent + 2);
      if (hasProperty(node, "selected")) piece("(*)", indent + 2);
    }
    if (isTarget(node, false) && !isPanel) piece(number(node), indent + (isItem ? 2 : 0));
    flush();
    bullet_ = false;
  }

  /// What stands above the children of a block.
  void titleOf(const ViewNode& node, std::size_t indent, bool isPanel) {
    std::string title = collapse(propertyOf(node, "title"));
    if (isPanel || node.component == "radiogroup") {
      if (title.empty()) title = collapse(propertyOf(node, "label"));
    }
    if (node.component == "sponsored") {
      title = std::string(words_.sponsored) + ": " + collapse(propertyOf(node, "advertiser"));
    }
    if (isPanel) title = "== " + title + (title.empty() ? "==" : " ==") + number(node);
    if (!title.empty()) line(indent, bold(title));
  }

  static bool holdsControl(const ViewNode& node) {
    for (const auto& child : node.children) {
      if (controlOf(*child) != ControlKind::None || holdsControl(*child)) return true;
    }
    return false;
  }

  static std::string percent(const ViewNode& node) {
    const double value = std::strtod(propertyOf(node, "value").c_str(), nullptr);
    const double most = hasProperty(node, "max")
                            ? std::strtod(propertyOf(node, "max").c_str(), nullptr)
                            : kProgressMax;
    const double part = most > 0 ? std::min(value / most, 1.0) : 0;
    return std::to_string(static_cast<int>(part * 100)) + "%";
  }

  std::string state(const ViewNode& node) const {
    if (hasProperty(node, "busy")) return "…";
    return hasProperty(node, "disabled") ? " (" + std::string(words_.off) + ")" : "";
  }

  void inlinePiece(const ViewNode& node, std::size_t indent) {
    if (hasProperty(node, "block")) flush();
    std::string text;
    appendText(node, text);
    const bool tappable = !node.component.empty() && !number(node).empty();
    piece(tappable ? "<" + collapse(text) + ">" + number(node) : text, indent);
    if (hasProperty(node, "block")) flush();
  }

  void control(const ViewNode& node, std::size_t indent) {
    const std::string label = viewLabel(root_, node);
    if (takesText(node)) {
      const std::string value = shownValue(node);
      const std::string hint = propertyOf(node, "placeholder");
      piece(label + ":" + kBond + bonded("[" + (value.empty() ? "_" : value) + "]") + number(node) +
                (value.empty() && !hint.empty() ? " (" + bonded(hint) + ")" : ""),
            indent);
    } else if (controlOf(node) == ControlKind::Toggle) {
      piece(bonded(hasProperty(node, "checked") ? "[x] " : "[ ] ") + label + number(node), indent);
    } else if (node.component == "tab") {
      const bool holds = isChosen(node, choices_);
      const std::string badge = propertyOf(node, "badge");
      piece(bonded((holds ? "[" + label + "]" : label) + (badge.empty() ? "" : " " + badge)) +
                number(node),
            indent);
      pendingSpace_ = true;
    } else {
      piece(bonded(isChosen(node, choices_) ? "(o) " : "( ) ") + label + number(node), indent);
      pendingSpace_ = true;
    }
    if (const std::string error = propertyOf(node, "error"); !error.empty()) {
      piece(" (! " + error + ")", indent);
    }
  }

  /// What stands in a field: of a menu the words of the option that holds.
  static std::string shownValue(const ViewNode& node) {
    if (node.component != "select") return propertyOf(node, "value");
    for (const auto& option : node.children) {
      if (option->component == "option" && isChosen(*option, &node)) return viewLabel(*option);
    }
    return propertyOf(node, "value");
  }

  std::string number(const ViewNode& node) const {
    const auto found = numbers_.find(&node);
    if (found == numbers_.end()) return "";
    const std::string text = "(" + std::to_string(found->second) + ")";
    return options_.colour ? "\x1b[36m" + text + "\x1b[0m" : text;
  }

  std::string bold(const std::string& text) const {
    return options_.colour ? "\x1b[1m" + text + "\x1b[0m" : text;
  }

  void piece(std::string_view text, std::size_t indent) {
    const bool spaceBefore = !text.empty() && (text.front() == ' ' || text.front() == '\n');
    const bool spaceAfter = !text.empty() && (text.back() == ' ' || text.back() == '\n');
    const std::string clean = collapse(text);
    if (clean.empty()) {
      pendingSpace_ = pendingSpace_ || spaceBefore;
      return;
    }
    const bool isControl = clean.front() == '[' || clean.back() == ']' || clean.back() == ')';
    if (!pending_.empty() && (spaceBefore || pendingSpace_ || isControl || afterControl_))
      pending_ += ' ';
    pending_ += clean;
    pendingSpace_ = spaceAfter;
    afterControl_ = isControl;
    pendingIndent_ = indent;
  }

  void flush() {
    if (!pending_.empty()) line(pendingIndent_, std::exchange(pending_, {}));
    pendingSpace_ = afterControl_ = false;
  }

  void gap() {
    if (!out_.empty() && out_.size() >= 2 && out_.substr(out_.size() - 2) != "\n\n") out_ += '\n';
  }

  void write(std::string row) {
    std::replace(row.begin(), row.end(), kBond, ' ');
    out_ += row + "\n";
  }

  /// Writes `text` wrapped at words.
  void line(std::size_t indent, const std::string& text) {
    std::string lead(indent, ' ');
    if (bullet_ && indent >= 2) {
      lead.replace(indent - 2, 2, "- ");
      bullet_ = false;
    }
    const std::size_t width =
        options_.widthColumns > indent + 20 ? options_.widthColumns - indent : 20;
    std::string row;
    for (std::size_t at = 0; at < text.size();) {
      const auto space = text.find(' ', at);
      const auto word = text.substr(at, space == std::string::npos ? space : space - at);
      at = space == std::string::npos ? text.size() : space + 1;
      if (!row.empty() && columnsOf(row) + 1 + columnsOf(word) > width) {
        write(lead + row);
        lead.assign(indent, ' ');
        row.clear();
      }
      row += (row.empty() ? "" : " ") + word;
    }
    write(lead + row);
  }

  const ViewNode& root_;
  const TextRenderOptions& options_;
  const HostWords& words_;
  const ViewNode* choices_ = nullptr;  // the tabs or the radiogroup that is being drawn
  std::unordered_map<const ViewNode*, std::size_t> numbers_;
  std::string out_, pending_;
  std::size_t pendingIndent_ = 0;
  bool pendingSpace_ = false, afterControl_ = false, bullet_ = false;
};

}  // namespace

std::string viewText(const ViewNode& node) {
  std::string text;
  appendText(node, text);
  return collapse(text);
}

std::string viewLabel(const ViewNode& node) {
  std::string label = propertyOf(node, "label");
  if (label.empty()) label = viewText(node);
  if (label.empty()) label = propertyOf(node, "placeholder");
  return collapse(label);
}

std::string viewLabel(const ViewNode& root, const ViewNode& node) {
  std::string label = collapse(propertyOf(node, "label"));
  if (label.empty()) label = viewText(node);
  if (label.empty()) label = labelAround(root, node, propertyOf(node, "id"), "");
  return label.empty() ? viewLabel(node) : label;
}

std::vector<const ViewNode*> viewTargets(const ViewNode& root) {
  std::vector<const ViewNode*> targets;
  collect(root, false, targets);
  return targets;
}

std::string renderText(const ViewNode& root, const TextRenderOptions& options) {
  TextRenderer renderer(root, options);
  renderer.draw(root, 0);
  return renderer.finish();
}

}  // namespace kiosk
