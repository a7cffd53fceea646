#include <cstdio>

#include "bridge/api/api.h"
#include "runtime/host/view/components_markdown.h"
#include "sdk/cli/commands.h"
#include "sdk/cli/exit_status.h"

namespace kiosk::cli {

int apiCommand(ApiForm form) {
  const auto catalogue = bridge::Catalogue::embedded();
  if (!catalogue) {
    std::fprintf(stderr, "kiosk: %s\n", catalogue.error().message.c_str());
    return kExitFailed;
  }
  std::string text;
  switch (form) {
    case ApiForm::OpenRpc:
      text = bridge::openRpc(*catalogue);
      break;
    case ApiForm::TypeScript:
      text = bridge::typeScript(*catalogue);
      break;
    case ApiForm::Markdown:
      text = bridge::markdown(*catalogue);
      break;
    case ApiForm::Components:
      text = componentsMarkdown();
      break;
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kExitOk;
}

}  // namespace kiosk::cli
