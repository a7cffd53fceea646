#!/usr/bin/env bash
# Makes a machine ready for Kiosk and builds it: Debian packages, Node.js, V8, npm packages,
# configure, build. samples/run and tests/run start with it. What is there already is left alone:
# with nothing to do it takes about a second. It may be interrupted and started again, and two at
# once wait for each other.
#
#   sdk/setup/setup.sh [--preset dev|release|asan|tsan|fuzz] [--no-build] [TARGET…]
#
#   KIOSK_JOBS=N           compile with N jobs (otherwise one a core, fewer when memory is short)
#   KIOSK_V8_ROOT=PREFIX   use the V8 there: an unpacked libnode or a monolith (docs/hacking.md)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
. sdk/setup/lib.sh
. sdk/setup/v8.sh
. sdk/setup/steps.sh

build=yes preset=dev targets=()
while [ $# -gt 0 ]; do
  case "$1" in
    --no-build) build=no ;;
    --preset) preset=${2:?a preset of CMakePresets.json} && shift ;;
    [a-z]*) targets+=("$1") ;;
    *) sed -n '2,10s/^# \{0,1\}//p' "$0" && exit 2 ;;
  esac
  shift
done

started=$(date +%s%N)
printf '%sSet-up%s\n' "$bold" "$plain"
exec 9>"$state/lock"
flock -n 9 || {
  say waiting 'another set-up runs in this folder'
  flock -w 3600 9 || fail 'the other set-up did not end within an hour'
}

debian_packages "$preset"
node_js
npm_packages
web_page
configure "$preset"
[ $build = no ] || compile "${targets[@]}"
took=$((($(date +%s%N) - started) / 100000000))
printf 'Set-up done in %d.%d s.\n' $((took / 10)) $((took % 10))
