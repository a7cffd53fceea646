/* Goal: a program in C embeds Kiosk with kiosk.h and libkiosk.so alone: own consent, own private
 * namespace, two apps, installed apps, and errors that say what is wrong.
 * Method: two sample apps are opened and touched; every claim is a check that ends the program.
 *
 *   c-host GUEST DATA GREETER SHOP
 */
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk.h"

#define CHECK(condition)                                                    \
  do {                                                                      \
    if (!(condition)) {                                                     \
      fprintf(stderr, "line %d: %s does not hold\n", __LINE__, #condition); \
      exit(1);                                                              \
    }                                                                       \
  } while (0)

enum { kTurnsMax = 2000, kViewBytesMax = 16384 };

static const char kCity[] =
    "{\"namespace\":\"city\",\"summary\":\"This city.\",\"methods\":[{\"name\":\"district\","
    "\"summary\":\"The user's district.\",\"since\":1,\"permission\":null,\"consent\":\"each\","
    "\"prompt\":{\"title\":\"Tell your district\"},\"activation\":true,\"timeoutMs\":60000,"
    "\"params\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{}},"
    "\"result\":{\"type\":\"string\",\"maxLength\":64},\"errors\":[]}]}";

struct app {
  kiosk_session* session;
  char view[kViewBytesMax];
  int started, ended, hidden;
};

struct world {
  kiosk_host* host;
  int asked, called, policies, managed;
  uint64_t open_consent;
  char prompt[4096], answer[256];
  struct app greeter, shop;
};

static kiosk_text text(const char* string) {
  kiosk_text made = {string, strlen(string)};
  return made;
}

static void keep(char* to, size_t room, kiosk_text from) {
  const size_t length = from.length < room - 1 ? from.length : room - 1;
  memcpy(to, from.data, length);
  to[length] = '\0';
}

static void ask_consent(void* user, uint64_t id, kiosk_text prompt) {
  struct world* world = user;
  ++world->asked;
  world->open_consent = id;
  keep(world->prompt, sizeof world->prompt, prompt);
}

static kiosk_policy_verdict policy(void* user, kiosk_text call) {
  struct world* world = user;
  ++world->policies;
  CHECK(memchr(call.data, '{', call.length) != NULL);
  return KIOSK_POLICY_ALLOW;
}

static void private_call(void* user, uint64_t id, kiosk_text call) {
  struct world* world = user;
  char name[512];
  keep(name, sizeof name, call);
  CHECK(strstr(name, "\"method\":\"city.district\"") != NULL);
  ++world->called;
  CHECK(kiosk_host_answer_call(world->host, id, 0, text("not json")) != 0);
  CHECK(kiosk_host_answer_call(world->host, id, 0, text("\"Hamovniki\"")) == 0);
  CHECK(kiosk_host_answer_call(world->host, id, 0, text("\"Hamovniki\"")) != 0);
}

static void started(void* context, int64_t launch_us) {
  CHECK(launch_us > 0);
  ++((struct app*)context)->started;
}
static void view_changed(void* context, kiosk_text view) {
  struct app* app = context;
  keep(app->view, sizeof app->view, view);
}
static void state_changed(void* context, kiosk_text state) {
  if (state.length == 6 && memcmp(state.data, "hidden", 6) == 0) ++((struct app*)context)->hidden;
}
static void ended(void* context, kiosk_text reason, kiosk_text detail) {
  (void)detail;
  CHECK(reason.length == 6 && memcmp(reason.data, "closed", 6) == 0);
  ++((struct app*)context)->ended;
}

static void managed(void* user, kiosk_status status, kiosk_text answer) {
  struct world* world = user;
  world->managed += 1 + status;
  keep(world->answer, sizeof world->answer, answer);
}

/* The id of the tappable node that shows `label`; keys of the view's JSON are sorted. */
static uint64_t button_of(const struct app* app, const char* label) {
  static const char kAfter[] = "\"component\":\"button\",\"events\":[\"click\"],\"id\":";
  const char* at = strstr(app->view, label);
  CHECK(at != NULL);
  at = strstr(at, kAfter);
  CHECK(at != NULL);
  return strtoull(at + sizeof kAfter - 1, NULL, 10);
}

/* Turns the host until `*what` is not 0, waiting on its descriptor as a foreign loop does. */
static void until(struct world* world, const int* what) {
  for (int i = 0; i < kTurnsMax && *what == 0; ++i) {
    struct pollfd watched = {kiosk_host_fd(world->host), POLLIN, 0};
    poll(&watched, 1, 20);
    kiosk_host_turn(world->host, 0);
  }
  CHECK(*what != 0);
}

static void until_shown(struct world* world, const struct app* app, const char* words) {
  for (int i = 0; i < kTurnsMax && strstr(app->view, words) == NULL; ++i) {
    kiosk_host_turn(world->host, 20);
  }
  CHECK(strstr(app->view, words) != NULL);
}

static void open_app(struct world* world, struct app* app, const char* path) {
  kiosk_session_config config = {0};
  config.size = sizeof config;
  config.user = text("anna");
  config.limits = text("heap=32M,turn=500ms");
  config.context = app;
  config.started = started;
  config.view_changed = view_changed;
  config.state_changed = state_changed;
  config.ended = ended;
  kiosk_error error = {0};
  error.size = sizeof error;
  const kiosk_status status =
      kiosk_session_open(world->host, text(path), &config, &app->session, &error);
  if (status != 0) fprintf(stderr, "%s\n", error.message);
  CHECK(status == 0);
}

static void check_refusals(kiosk_host_config config) {
  kiosk_host* host = (kiosk_host*)&config;
  kiosk_error error = {0};
  error.size = sizeof error;
  config.ask_consent = NULL;
  CHECK(kiosk_host_create(&config, &host, &error) == 100);
  CHECK(host == NULL);
  CHECK(error.status == 100);
  CHECK(strstr(error.message, "ask_consent") != NULL);
  config.size = 0;
  CHECK(kiosk_host_create(&config, &host, NULL) == 100);
  CHECK(kiosk_host_create(NULL, &host, NULL) == 100);
  CHECK(strcmp(kiosk_status_name(100), "invalid_params") == 0);
  CHECK(strcmp(kiosk_status_name(0), "ok") == 0);
  CHECK(strcmp(kiosk_status_name(12345), "unknown") == 0);
}

/* A program of an older header knows a shorter struct; what lies behind it is not read. */
static void check_older_caller(kiosk_host_config config) {
  static struct world other;
  static char data[512];
  CHECK(config.data_dir.length + 7 < sizeof data);
  memcpy(data, config.data_dir.data, config.data_dir.length);
  memcpy(data + config.data_dir.length, "-older", 7);
  config.data_dir = text(data);
  config.size = offsetof(kiosk_host_config, pick);
  config.charge = (void (*)(void*, uint64_t, kiosk_text))(uintptr_t)1;
  CHECK(kiosk_host_create(&config, &other.host, NULL) == 0);
  kiosk_host_destroy(other.host);
}

int main(int argc, char** argv) {
  CHECK(argc == 5);
  CHECK(kiosk_abi_version() == KIOSK_ABI_VERSION);
  CHECK(strlen(kiosk_version()) >= 5);

  static struct world world;
  kiosk_host_config config = {0};
  config.size = sizeof config;
  config.guest_path = text(argv[1]);
  config.data_dir = text(argv[2]);
  config.user = &world;
  config.ask_consent = ask_consent;
  config.policy = policy;
  config.private_namespace = text(kCity);
  config.private_call = private_call;
  check_refusals(config);
  kiosk_error error = {0};
  error.size = sizeof error;
  const kiosk_status created = kiosk_host_create(&config, &world.host, &error);
  if (created != 0) fprintf(stderr, "%s\n", error.message);
  CHECK(created == 0);

  check_older_caller(config);

  open_app(&world, &world.greeter, argv[3]);
  open_app(&world, &world.shop, argv[4]);
  until(&world, &world.greeter.started);
  until_shown(&world, &world.greeter, "Greet me");
  until_shown(&world, &world.shop, "Near me");

  CHECK(kiosk_session_tap(world.greeter.session, 999999) == 703);
  CHECK(kiosk_session_tap(world.greeter.session, button_of(&world.greeter, "Greet me")) == 0);
  until(&world, &world.asked);
  CHECK(strstr(world.prompt, "\"permission\":\"identity.basic\"") != NULL);
  CHECK(strstr(world.prompt, "\"user\":\"anna\"") != NULL);
  CHECK(kiosk_host_answer_consent(world.host, world.open_consent, KIOSK_CONSENT_REFUSED) == 0);
  CHECK(kiosk_host_answer_consent(world.host, world.open_consent, KIOSK_CONSENT_GRANTED) == 703);
  until_shown(&world, &world.greeter, "user_refused");

  world.asked = 0;
  CHECK(kiosk_session_tap(world.shop.session, button_of(&world.shop, "Near me")) == 0);
  until(&world, &world.asked);
  CHECK(strstr(world.prompt, "Tell your district") != NULL);
  CHECK(kiosk_host_answer_consent(world.host, world.open_consent, KIOSK_CONSENT_GRANTED) == 0);
  until_shown(&world, &world.shop, "Tea in Hamovniki");
  CHECK(world.called == 1);
  CHECK(world.policies > 0);

  char buffer[64];
  CHECK(kiosk_session_view(world.shop.session, buffer, sizeof buffer) > sizeof buffer);
  char metrics[1024] = {0};
  CHECK(kiosk_session_metrics(world.shop.session, metrics, sizeof metrics - 1) < sizeof metrics);
  CHECK(strstr(metrics, "\"calls\":1") != NULL);
  kiosk_session_hide(world.shop.session);
  CHECK(world.shop.hidden == 1);
  kiosk_session_suspend(world.shop.session);

  CHECK(kiosk_host_manage(world.host, text("{\"do\":\"list\"}"), &world, managed) == 0);
  CHECK(kiosk_host_manage(world.host, text("{\"do\":\"dance\"}"), &world, managed) == 100);
  until(&world, &world.managed);
  CHECK(world.managed == 1 && strcmp(world.answer, "[]") == 0);
  world.managed = 0;
  CHECK(kiosk_host_manage(world.host, text("{\"do\":\"rollback\",\"appId\":\"org.example.none\"}"),
                          &world, managed) == 0);
  until(&world, &world.managed);
  CHECK(world.managed == 704 && strstr(world.answer, "not installed") != NULL);

  kiosk_host_wake(world.host);
  kiosk_session_close(world.greeter.session);
  until(&world, &world.greeter.ended);
  kiosk_session_free(world.greeter.session);
  kiosk_host_destroy(world.host);
  CHECK(world.shop.ended == 1);
  kiosk_session_free(world.shop.session);
  kiosk_host_destroy(NULL);
  puts("all of it held");
  return 0;
}
