# Shared by the set-up's parts: what is said, how long work is run, who may install.
# Sourced, not run. Needs $root, the top of the source tree.

state="$root/.setup" # logs, stamps, the lock; ignored by git
mkdir -p "$state"

bold='' red='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
  bold=$'\e[1m' red=$'\e[31m' plain=$'\e[0m'
fi

say() { printf '  %-16s %s\n' "$1" "$2"; }

# Ends the set-up; each argument is a line.
fail() {
  {
    printf '%sSet-up failed:%s %s\n' "$red" "$plain" "$1"
    shift
    [ $# -eq 0 ] || printf '  %s\n' "$@"
  } >&2
  exit 1
}

# working LABEL LOG COMMAND…: runs the command with its output in LOG, and says every 15 seconds
# that it still runs and what it said last. Shows the end of LOG when it fails; returns its status.
working() {
  local label=$1 log=$2 started=$SECONDS pid status=0 last
  shift 2
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  trap 'kill "$pid" 2>/dev/null; exit 130' INT TERM # a job in the background does not hear Ctrl-C
  while sleep 0.2 && kill -0 "$pid" 2>/dev/null; do
    if [ $((SECONDS - started)) -ge 15 ] && [ $(((SECONDS - started) % 15)) -eq 0 ]; then
      last=$(tail -c 400 "$log" | tr '\r' '\n' | grep -v '^[[:space:]]*$' | tail -n 1) || true
      say "$label" "$((SECONDS - started)) s: ${last:0:70}"
      sleep 1
    fi
  done
  wait "$pid" || status=$?
  trap - INT TERM
  if [ "$status" -ne 0 ]; then
    printf '%s: the end of %s:\n' "$label" "${log#"$root"/}" >&2
    tail -n 60 "$log" >&2
  fi
  return "$status"
}

# Decides how commands are run as root: "" for root itself, "sudo", or "none". Sets as_root.
find_root() {
  if [ "$(id -u)" = 0 ]; then
    as_root=''
  elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; }; then
    as_root=sudo
  else
    as_root=none
  fi
}

# apt_get ARG…: apt-get as root, without questions; waits for another apt that holds the lock. On a
# build machine, which nobody keeps, dpkg need not wait for the disk after each file.
apt_get() {
  $as_root env DEBIAN_FRONTEND=noninteractive ${http_proxy:+http_proxy="$http_proxy"} \
    ${https_proxy:+https_proxy="$https_proxy"} apt-get -o DPkg::Lock::Timeout=600 \
    -o Acquire::Retries=3 -o Acquire::http::Timeout=30 -o Dpkg::Use-Pty=0 \
    ${CI:+-o Dpkg::Options::=--force-unsafe-io} "$@"
}

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Jobs that this machine can hold: one a core, and 1.2 GiB of free memory for each. KIOSK_JOBS wins.
jobs_max() {
  local cores kib jobs
  if [ -n "${KIOSK_JOBS:-}" ]; then
    echo "$KIOSK_JOBS"
    return
  fi
  cores=$(nproc)
  kib=$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo 2>/dev/null)
  jobs=$((${kib:-2500000} / 1250000))
  [ "$jobs" -le "$cores" ] || jobs=$cores
  [ "$jobs" -ge 1 ] || jobs=1
  echo "$jobs"
}
