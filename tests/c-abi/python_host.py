"""Goal: the C ABI is enough for another language. Method: ctypes, nothing but kiosk.h's words; an
app is opened, its call to the host's own namespace asked for and answered, and installed apps are
listed.

    python_host.py LIBRARY GUEST DATA SHOP
"""

import ctypes as c
import json
import sys

library, guest, data, shop = sys.argv[1:5]
kiosk = c.CDLL(library)


class Text(c.Structure):
    _fields_ = [("data", c.c_char_p), ("length", c.c_size_t)]


def text(string):
    raw = string.encode()
    return Text(raw, len(raw))


def string(given):
    return c.string_at(given.data, given.length).decode() if given.length else ""


# A text that is received is read by its length, so its pointer must not become a Python string.
class View(c.Structure):
    _fields_ = [("data", c.c_void_p), ("length", c.c_size_t)]


Ask = c.CFUNCTYPE(None, c.c_void_p, c.c_uint64, View)
Withdraw = c.CFUNCTYPE(None, c.c_void_p, c.c_uint64)
Lookup = c.CFUNCTYPE(c.c_int, c.c_void_p, View)
Done = c.CFUNCTYPE(None, c.c_void_p, c.c_int32, View)
Number = c.CFUNCTYPE(None, c.c_void_p, c.c_int64)
One = c.CFUNCTYPE(None, c.c_void_p, View)
Two = c.CFUNCTYPE(None, c.c_void_p, View, View)
Called = c.CFUNCTYPE(None, c.c_void_p, View, View, c.c_int64)


class HostConfig(c.Structure):
    _fields_ = [
        ("size", c.c_size_t),
        ("data_dir", Text), ("guest_path", Text), ("trust_path", Text), ("host_name", Text),
        ("sessions_max", c.c_uint32), ("jitless", c.c_int32), ("user", c.c_void_p),
        ("ask_consent", Ask), ("withdraw_consent", Withdraw), ("pick", Ask), ("charge", Ask),
        ("charge_lookup", Lookup), ("policy", Lookup),
        ("private_namespace", Text), ("private_call", Ask),
    ]


class SessionConfig(c.Structure):
    _fields_ = [
        ("size", c.c_size_t),
        ("user", Text), ("entry_point", Text), ("start_param", Text), ("chat_id", Text),
        ("language", Text), ("limits", Text), ("context", c.c_void_p),
        ("started", Number), ("view_changed", One), ("logged", Two), ("called", Called),
        ("state_changed", One), ("ended", Two),
    ]


class Error(c.Structure):
    _fields_ = [("size", c.c_size_t), ("status", c.c_int32), ("reserved", c.c_int32),
                ("retry_after_ms", c.c_int64), ("message", c.c_char * 512)]


for name in ("kiosk_host_answer_consent", "kiosk_host_answer_call", "kiosk_host_manage"):
    getattr(kiosk, name).restype = c.c_int32
kiosk.kiosk_host_turn.argtypes = [c.c_void_p, c.c_int32]
kiosk.kiosk_host_destroy.argtypes = [c.c_void_p]
kiosk.kiosk_session_free.argtypes = [c.c_void_p]
kiosk.kiosk_session_tap.argtypes = [c.c_void_p, c.c_uint64]
kiosk.kiosk_host_answer_consent.argtypes = [c.c_void_p, c.c_uint64, c.c_int]
kiosk.kiosk_host_answer_call.argtypes = [c.c_void_p, c.c_uint64, c.c_int32, Text]
kiosk.kiosk_host_manage.argtypes = [c.c_void_p, Text, c.c_void_p, Done]

city = {
    "namespace": "city", "summary": "This city.",
    "methods": [{
        "name": "district", "summary": "The user's district.", "since": 1, "permission": None,
        "consent": "each", "prompt": {"title": "Tell your district"}, "activation": True,
        "timeoutMs": 60000, "errors": [],
        "params": {"type": "object", "additionalProperties": False, "properties": {}},
        "result": {"type": "string", "maxLength": 64},
    }],
}

host, session = c.c_void_p(), c.c_void_p()
seen = {"views": [], "asked": [], "calls": [], "ended": [], "lists": []}


@Ask
def ask_consent(_, prompt_id, prompt):
    seen["asked"].append(json.loads(string(prompt)))
    assert kiosk.kiosk_host_answer_consent(host, prompt_id, 0) == 0


@Ask
def private_call(_, call_id, call):
    seen["calls"].append(json.loads(string(call))["method"])
    assert kiosk.kiosk_host_answer_call(host, call_id, 0, text('"Хамовники"')) == 0


@One
def view_changed(_, view):
    seen["views"].append(string(view))


@Two
def ended(_, reason, detail):
    seen["ended"].append(string(reason))


@Done
def listed(_, status, answer):
    seen["lists"].append((status, string(answer)))


def until(holds):
    for _ in range(2000):
        if holds():
            return
        kiosk.kiosk_host_turn(host, 20)
    raise SystemExit(f"it did not come: {seen}")


def nodes(node):
    yield node
    for child in node["children"]:
        yield from nodes(child)


assert kiosk.kiosk_abi_version() == 1
error = Error(size=c.sizeof(Error))
config = HostConfig(size=c.sizeof(HostConfig), data_dir=text(data), guest_path=text(guest),
                    ask_consent=ask_consent, private_namespace=text(json.dumps(city)),
                    private_call=private_call)
status = kiosk.kiosk_host_create(c.byref(config), c.byref(host), c.byref(error))
assert status == 0, error.message
opening = SessionConfig(size=c.sizeof(SessionConfig), user=text("anna"), view_changed=view_changed,
                        ended=ended)
status = kiosk.kiosk_session_open(host, text(shop), c.byref(opening), c.byref(session),
                                  c.byref(error))
assert status == 0, error.message
until(lambda: any("Near me" in view for view in seen["views"]))
button = next(node for node in nodes(json.loads(seen["views"][-1]))
              if node["component"] == "button" and node["children"][0]["text"] == "Near me")
assert kiosk.kiosk_session_tap(session, button["id"]) == 0
until(lambda: "Tea in Хамовники" in seen["views"][-1])
assert seen["calls"] == ["city.district"] and seen["asked"][0]["title"] == "Tell your district"
assert kiosk.kiosk_host_manage(host, text('{"do":"list"}'), None, listed) == 0
until(lambda: seen["lists"])
assert seen["lists"] == [(0, "[]")]
kiosk.kiosk_host_destroy(host)
assert seen["ended"] == ["closed"]
kiosk.kiosk_session_free(session)
print("all of it held")
