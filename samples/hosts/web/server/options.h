#pragma once
// The command line of kiosk-web.

#include <kiosk/result.h>

#include <string>
#include <vector>

namespace web_host {

struct Options {
  std::string address = "127.0.0.1";
  int port = 8080;
  std::string dataFolder;
  std::vector<std::string> appFolders;
  std::string staticFolder;
  std::string trustPath;
};

/// The text of --help.
const char* usage();

/// Errors: InvalidParams   the message says what is wrong.
kiosk::Result<Options> readOptions(const std::vector<std::string>& arguments);

}  // namespace web_host
