#include <kiosk/bridge/identity_provider.h>

#include "bridge/sql_providers.h"
#include "bridge/store/store.h"

namespace kiosk::bridge {
namespace {

Result<UserProfile> readProfile(soci::session& sql, const std::string& user) {
  UserProfile profile;
  sql << "SELECT first_name, last_name, username, photo_url, language, phone FROM users WHERE id = "
         ":id",
      soci::use(user, "id"), soci::into(profile.firstName), soci::into(profile.lastName),
      soci::into(profile.username), soci::into(profile.photoUrl), soci::into(profile.language),
      soci::into(profile.phone);
  if (!sql.got_data()) return Error{ErrorCode::NotFound, "the host knows nothing of this user"};
  return profile;
}

class SqlIdentityProvider final : public IdentityProvider {
 public:
  explicit SqlIdentityProvider(Store& store) : store_(store) {}

  void profile(const UserId& user, std::function<void(Result<UserProfile>)> done) override {
    store_.run<UserProfile>(
        "identity.profile", [id = user.value](soci::session& sql) { return readProfile(sql, id); },
        std::move(done));
  }

 private:
  Store& store_;
};

}  // namespace

std::unique_ptr<IdentityProvider> sqlIdentityProvider(Store& store) {
  return std::make_unique<SqlIdentityProvider>(store);
}

}  // namespace kiosk::bridge
