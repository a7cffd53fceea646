#include <utility>

#include "bridge/acquirer/acquirer_options.h"
#include "bridge/acquirer/http_acquirer.h"
#include "bridge/acquirer/http_transport.h"

namespace kiosk::bridge {

Result<std::unique_ptr<Acquirer>> makeAcquirer(AcquirerOptions options) {
  auto transport = HttpTransport::create(options);
  if (!transport) return transport.error();
  return makeAcquirer(std::move(options), std::move(*transport));
}

Result<std::unique_ptr<Acquirer>> makeAcquirer(AcquirerOptions options,
                                               std::unique_ptr<AcquirerTransport> transport) {
  KIOSK_CHECK(transport != nullptr, "an acquirer needs a transport");
  if (auto sound = checkOptions(options); !sound) return sound.error();
  return std::unique_ptr<Acquirer>(
      std::make_unique<HttpAcquirer>(std::move(options), std::move(transport)));
}

}  // namespace kiosk::bridge
