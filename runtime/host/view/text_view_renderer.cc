#include <kiosk/providers.h>

#include "runtime/base/encoding.h"

namespace kiosk {
namespace {

constexpr std::size_t kNameBytesShown = 200;

class TextViewRenderer final : public ViewRenderer {
 public:
  TextViewRenderer(std::function<void(std::string_view)> write, const TextRenderOptions& options)
      : write_(std::move(write)), options_(options) {}
  void draw(const SessionInfo& session, const ViewNode& root) override {
    write_(titleOf(session) + renderText(root, options_) + "\n");
  }
  void clear(const SessionInfo& session) override { write_(titleOf(session)); }

 private:
  static std::string titleOf(const SessionInfo& session) {
    return "== " + printable(session.manifest().name, kNameBytesShown) + "\n";
  }
  std::function<void(std::string_view)> write_;
  TextRenderOptions options_;
};

}  // namespace

std::unique_ptr<ViewRenderer> textViewRenderer(std::function<void(std::string_view)> write,
                                               const TextRenderOptions& options) {
  return std::make_unique<TextViewRenderer>(std::move(write), options);
}

}  // namespace kiosk
