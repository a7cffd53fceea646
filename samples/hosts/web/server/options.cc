#include "options.h"

#include <cstdlib>

namespace web_host {
namespace {

kiosk::Error wrong(const std::string& message) {
  return {kiosk::ErrorCode::InvalidParams, message};
}

bool readPort(const std::string& text, int& port) {
  if (text.empty() || text.size() > 5 ||
      text.find_first_not_of("0123456789") != std::string::npos) {
    return false;
  }
  port = std::atoi(text.c_str());
  return port <= 65535;
}

}  // namespace

const char* usage() {
  return "usage: kiosk-web --data DIR [--apps DIR…] [--static DIR] [--trust KEYS]\n"
         "                 [--address 127.0.0.1] [--port 8080]\n"
         "\n"
         "  --data DIR     where users, chats, money, grants and the audit log are kept\n"
         "  --apps DIR…    folders with .ma files; or an unpacked mini-app, for development\n"
         "  --static DIR   the built page: index.html, app.js, app.css\n"
         "  --trust KEYS   public keys whose .ma files are installed, one a line\n"
         "  --address A    127.0.0.1, ::1 or localhost; nothing else, for it has demo users\n"
         "  --port N       0: a free one; it is printed\n";
}

kiosk::Result<Options> readOptions(const std::vector<std::string>& arguments) {
  Options options;
  std::vector<std::string>* list = nullptr;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& name = arguments[i];
    if (name.rfind("--", 0) != 0) {
      if (list == nullptr) return wrong("'" + name + "' belongs to no option");
      list->push_back(name);
      continue;
    }
    list = nullptr;
    if (i + 1 >= arguments.size()) return wrong(name + " needs a value");
    const std::string& value = arguments[++i];
    if (name == "--data") {
      options.dataFolder = value;
    } else if (name == "--static") {
      options.staticFolder = value;
    } else if (name == "--trust") {
      options.trustPath = value;
    } else if (name == "--address") {
      options.address = value;
    } else if (name == "--apps") {
      list = &options.appFolders;
      list->push_back(value);
    } else if (name == "--port") {
      if (!readPort(value, options.port)) return wrong("--port takes 0 to 65535");
    } else {
      return wrong("there is no option " + name);
    }
  }
  if (options.dataFolder.empty()) return wrong("--data DIR is missing");
  return options;
}

}  // namespace web_host
