/* Kiosk in C: what any language that can call C embeds. One library, libkiosk.so; names begin with
 * kiosk_, nothing else is exported. docs/c-abi.md says what stays stable.
 *
 * Text      UTF-8 with an explicit length, never a NUL at its end that counts. Borrowed: text that
 *           you give is copied before the call returns; text that you are given is gone when your
 *           callback returns.
 * Structs   begin with their size, which you set to sizeof. Zero every other field that you do not
 *           set: zero is the default. A newer library takes an older struct as it is.
 * Status    0, or the number of an error of the API reference (e.g. 103, permission_denied).
 * Threads   A host, and all that was opened with it, belongs to one thread at a time: the one that
 *           calls kiosk_host_turn. Callbacks come from within kiosk_host_turn, _destroy and the
 *           calls that say so. kiosk_host_wake alone may be called by any thread.
 * Callbacks may call anything but kiosk_host_turn and kiosk_host_destroy. They must not throw.
 */
#ifndef KIOSK_H
#define KIOSK_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define KIOSK_API __attribute__((visibility("default")))
#else
#define KIOSK_API
#endif

/* Out of memory the library ends the process; it never throws into C. */
#if defined(__cplusplus) && __cplusplus >= 201103L
#define KIOSK_NOTHROW noexcept
#else
#define KIOSK_NOTHROW
#endif

/* Raised when a program that was built against an older header would not work any more. */
#define KIOSK_ABI_VERSION 1

typedef struct kiosk_host kiosk_host;
typedef struct kiosk_session kiosk_session;
typedef int32_t kiosk_status;

typedef struct kiosk_text {
  const char* data;
  size_t length;
} kiosk_text;

typedef struct kiosk_error {
  size_t size;
  kiosk_status status;
  int32_t reserved;
  int64_t retry_after_ms; /* 0: not said */
  char message[512];      /* UTF-8, ends with NUL */
} kiosk_error;

/* The library's KIOSK_ABI_VERSION; compare with the header's before anything else. Threads: any. */
KIOSK_API uint32_t kiosk_abi_version(void) KIOSK_NOTHROW;
/* E.g. "0.1.0"; static. Threads: any. */
KIOSK_API const char* kiosk_version(void) KIOSK_NOTHROW;
/* The name of a status, e.g. "permission_denied", "ok"; static; "unknown" for one that is none. */
KIOSK_API const char* kiosk_status_name(kiosk_status status) KIOSK_NOTHROW;

typedef enum kiosk_consent_answer {
  KIOSK_CONSENT_GRANTED = 0,
  KIOSK_CONSENT_REFUSED = 1,
  KIOSK_CONSENT_DISMISSED = 2,
  KIOSK_CONSENT_DENIED = 3
} kiosk_consent_answer;

typedef enum kiosk_charge_outcome {
  KIOSK_CHARGE_PAID = 0,
  KIOSK_CHARGE_PENDING = 1,
  KIOSK_CHARGE_UNKNOWN = 2,
  KIOSK_CHARGE_DECLINED = 3,
  KIOSK_CHARGE_INSUFFICIENT_FUNDS = 4
} kiosk_charge_outcome;

typedef enum kiosk_policy_verdict {
  KIOSK_POLICY_ALLOW = 0,
  KIOSK_POLICY_DENY = 1,
  KIOSK_POLICY_ASK = 2
} kiosk_policy_verdict;

typedef struct kiosk_host_config {
  size_t size;
  kiosk_text data_dir;   /* must be given; its parent must exist */
  kiosk_text guest_path; /* the program kiosk-guest; empty: beside the running program */
  kiosk_text trust_path; /* keys whose packages may be installed; empty: none */
  kiosk_text host_name;  /* what mini-apps are told; empty: "Kiosk" */
  uint32_t sessions_max; /* 0: 1000 */
  int32_t jitless;       /* 1: no machine code is made */
  void* user;            /* the first argument of every callback below */

  /* A user is to be asked. `prompt` is JSON: {"permission","title","appName","operatorName",
   * "reason","purpose","facts":[{"label","value"}],"everyTime","user","appId"}. Answer with
   * kiosk_host_answer_consent, now or later. Must be given. */
  void (*ask_consent)(void* user, uint64_t id, kiosk_text prompt);
  /* The question is gone: take the sheet away. May be null. */
  void (*withdraw_consent)(void* user, uint64_t id);
  /* A user is to choose: {"title","user","options":[{"id","label"}]}. Answer with
   * kiosk_host_answer_pick. Null: every choice is dismissed. */
  void (*pick)(void* user, uint64_t id, kiosk_text choice);

  /* Money is to be moved: {"paymentId","user","merchantId","orderId","amountMinor","currency"}.
   * Answer with kiosk_host_answer_charge. Null: the embedded ledger keeps the money. */
  void (*charge)(void* user, uint64_t id, kiosk_text charge);
  /* What became of the charge `payment_id`? Answers at once. Must be given with `charge`. */
  kiosk_charge_outcome (*charge_lookup)(void* user, kiosk_text payment_id);

  /* The operator's word on a call, at once: {"method","params","user","appId"}. Null: allow. */
  kiosk_policy_verdict (*policy)(void* user, kiosk_text call);

  /* A namespace of the host's own, as docs/embedding.md describes it; empty: none. A call of one
   * of its methods is {"method","params","user","appId"}; answer with kiosk_host_answer_call. */
  kiosk_text private_namespace;
  void (*private_call)(void* user, uint64_t id, kiosk_text call);
} kiosk_host_config;

/* Starts a host with its services. `error` may be null. On failure `*host` is null. */
KIOSK_API kiosk_status kiosk_host_create(const kiosk_host_config* config, kiosk_host** host,
                                         kiosk_error* error) KIOSK_NOTHROW;
/* Ends every session (they are told) and frees the host. Its sessions must be freed before or
 * after; nothing else may be called with it. Null is ignored. */
KIOSK_API void kiosk_host_destroy(kiosk_host* host) KIOSK_NOTHROW;

/* A descriptor that is readable when kiosk_host_turn has something to do. Not yours to close. */
KIOSK_API int kiosk_host_fd(const kiosk_host* host) KIOSK_NOTHROW;
/* Runs what is due, waiting at most `wait_ms` for something to be. */
KIOSK_API void kiosk_host_turn(kiosk_host* host, int32_t wait_ms) KIOSK_NOTHROW;
/* Makes a kiosk_host_turn that waits return. Threads: any. */
KIOSK_API void kiosk_host_wake(kiosk_host* host) KIOSK_NOTHROW;

/* Answers to what the callbacks asked, once each; an id that is not open is `not_found`. */
KIOSK_API kiosk_status kiosk_host_answer_consent(kiosk_host* host, uint64_t id,
                                                 kiosk_consent_answer answer) KIOSK_NOTHROW;
KIOSK_API kiosk_status kiosk_host_answer_pick(kiosk_host* host, uint64_t id,
                                              kiosk_text option) KIOSK_NOTHROW;
KIOSK_API kiosk_status kiosk_host_answer_charge(kiosk_host* host, uint64_t id,
                                                kiosk_charge_outcome outcome) KIOSK_NOTHROW;
/* `status` 0: `result` is JSON; else `result` is a message for the app's developer. */
KIOSK_API kiosk_status kiosk_host_answer_call(kiosk_host* host, uint64_t id, kiosk_status status,
                                              kiosk_text result) KIOSK_NOTHROW;

/* A merchant whose orders are paid; `public_key` is 32 raw bytes. Waits for the disk. */
KIOSK_API kiosk_status kiosk_host_register_merchant(kiosk_host* host, kiosk_text id,
                                                    kiosk_text name, kiosk_text key_id,
                                                    kiosk_text public_key,
                                                    kiosk_error* error) KIOSK_NOTHROW;

/* Installed apps. `request` is JSON:
 *   {"do":"install","path":"…","acceptNewRights":false}   {"do":"list"}
 *   {"do":"uninstall"|"unpin"|"approve"|"rollback","appId":"…"}   {"do":"pin","appId","code"}
 * `done` is called once, later: with status 0 and the answer as JSON, or with a status and a
 * message. */
typedef void (*kiosk_done)(void* user, kiosk_status status, kiosk_text answer);
KIOSK_API kiosk_status kiosk_host_manage(kiosk_host* host, kiosk_text request, void* user,
                                         kiosk_done done) KIOSK_NOTHROW;
/* level: 1 moderate, 2 critical. */
KIOSK_API void kiosk_host_memory_pressure(kiosk_host* host, int32_t level) KIOSK_NOTHROW;
KIOSK_API void kiosk_host_restart_zygote(kiosk_host* host, void* user,
                                         kiosk_done done) KIOSK_NOTHROW;

typedef struct kiosk_session_config {
  size_t size;
  kiosk_text user;        /* the host's own id of the user; must be given */
  kiosk_text entry_point; /* empty: "gallery" */
  kiosk_text start_param;
  kiosk_text chat_id;
  kiosk_text language; /* empty: "en" */
  kiosk_text limits;   /* "heap=32M,turn=100ms"; empty: the defaults */

  void* context; /* the first argument of every callback below; each may be null */
  void (*started)(void* context, int64_t launch_us);
  /* `view` is JSON: {"id","component","text","properties":{},"events":[],"children":[]}. */
  void (*view_changed)(void* context, kiosk_text view);
  void (*logged)(void* context, kiosk_text level, kiosk_text text);
  void (*called)(void* context, kiosk_text method, kiosk_text outcome, int64_t duration_us);
  void (*state_changed)(void* context, kiosk_text state);
  /* Last of all. */
  void (*ended)(void* context, kiosk_text reason, kiosk_text detail);
} kiosk_session_config;

/* Opens a folder (development) or a signed package. */
KIOSK_API kiosk_status kiosk_session_open(kiosk_host* host, kiosk_text path,
                                          const kiosk_session_config* config,
                                          kiosk_session** session,
                                          kiosk_error* error) KIOSK_NOTHROW;
/* Opens an installed app. `opened` is called once, later; `session` is null unless status is 0. */
typedef void (*kiosk_opened)(void* context, kiosk_status status, kiosk_session* session,
                             kiosk_text message);
KIOSK_API kiosk_status kiosk_session_open_app(kiosk_host* host, kiosk_text app_id,
                                              const kiosk_session_config* config,
                                              kiosk_opened opened) KIOSK_NOTHROW;
/* Ends the session, if it runs, and frees it; nothing more is told. Null is ignored. Not within a
 * callback of this very session. */
KIOSK_API void kiosk_session_free(kiosk_session* session) KIOSK_NOTHROW;

KIOSK_API void kiosk_session_show(kiosk_session* session) KIOSK_NOTHROW;
KIOSK_API void kiosk_session_hide(kiosk_session* session) KIOSK_NOTHROW;
KIOSK_API void kiosk_session_suspend(kiosk_session* session) KIOSK_NOTHROW;
KIOSK_API void kiosk_session_resume(kiosk_session* session) KIOSK_NOTHROW;
KIOSK_API void kiosk_session_close(kiosk_session* session) KIOSK_NOTHROW;
KIOSK_API kiosk_status kiosk_session_tap(kiosk_session* session, uint64_t node) KIOSK_NOTHROW;
KIOSK_API kiosk_status kiosk_session_type(kiosk_session* session, uint64_t node,
                                          kiosk_text text) KIOSK_NOTHROW;
/* `detail` is JSON. */
KIOSK_API kiosk_status kiosk_session_send_event(kiosk_session* session, kiosk_text type,
                                                kiosk_text detail) KIOSK_NOTHROW;

/* JSON into `buffer`: as much as fits, without NUL. The length of the whole; when it is more than
 * `capacity`, call again with room for it. */
KIOSK_API size_t kiosk_session_view(const kiosk_session* session, char* buffer,
                                    size_t capacity) KIOSK_NOTHROW;
KIOSK_API size_t kiosk_session_metrics(const kiosk_session* session, char* buffer,
                                       size_t capacity) KIOSK_NOTHROW;

#ifdef __cplusplus
}
#endif

#endif /* KIOSK_H */
