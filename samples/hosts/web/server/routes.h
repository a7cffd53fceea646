#pragma once
// The routes of docs/host-shell.md, by what they are about.

#include <kiosk/bridge/services.h>

#include <string>

#include "gallery.h"
#include "logins.h"
#include "loop.h"
#include "pages.h"
#include "router.h"
#include "worlds.h"

namespace web_host {

/// What handlers work with. Borrowed; outlives the router.
struct Api {
  Loop& loop;
  Worlds& worlds;                     ///< on the loop only
  kiosk::bridge::Services& services;  ///< likewise
  PromptDesk& prompts;                ///< likewise
  const Gallery& gallery;
  Logins& logins;
  Pages& pages;
  std::string hostName;
  std::string staticFolder;
};

void addUserRoutes(Router& router, Api& api);     ///< log-in, state, events
void addSessionRoutes(Router& router, Api& api);  ///< mini-apps and their questions
void addChatRoutes(Router& router, Api& api);
void addPrivacyRoutes(Router& router, Api& api);  ///< wallet, grants, receipts, activity, erasing
void addFileRoutes(Router& router, Api& api);     ///< the page, icons, files of packages

}  // namespace web_host
