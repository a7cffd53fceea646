# The steps of setup.sh, in its order. Sourced. Each says what it found, and does nothing when
# nothing is to be done.

node_major_min=18

node_works() {
  command -v npm >/dev/null && command -v node >/dev/null &&
    node -e "process.exit(parseInt(process.versions.node) < $node_major_min ? 1 : 0)"
}

# Finds the V8 that is here already. Sets v8_root: a prefix, or empty for the system's own.
v8_present() {
  v8_root=${KIOSK_V8_ROOT:-}
  [ -z "$v8_root" ] || return 0
  installed libnode-dev && return 0
  [ -e "$state/v8-root" ] && v8_root=$(cat "$state/v8-root") && v8_root_works "$v8_root"
}

# Whether apt would take libnode-dev (with the packages given) and remove nothing for it.
apt_takes_libnode() {
  apt-get install --simulate --no-remove --no-install-recommends libnode-dev "$@" \
    >"$state/simulate.log" 2>&1
}

# debian_packages PRESET: Debian packages, those that the preset alone needs too, and V8 with them.
debian_packages() {
  local wanted=() missing=() lists=(sdk/setup/debian-packages.txt) package v8_way=present
  local own=sdk/setup/debian-packages-$1.txt
  [ ! -e "$own" ] || lists+=("$own")
  mapfile -t wanted < <(sed 's/#.*//; s/[[:space:]]//g; /^$/d' "${lists[@]}")
  mapfile -t missing < <(printf '%s\n' "${wanted[@]}" |
    grep -vxFf <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null |
      sed -n 's/^installed //p'))
  node_works || missing+=(nodejs npm)
  v8_present || v8_way=wanted

  if [ ${#missing[@]} -gt 0 ] || [ $v8_way = wanted ]; then
    find_root
    if [ "$as_root" != none ]; then
      working 'apt-get update' "$state/apt-update.log" apt_get update ||
        say 'apt-get update' 'failed; trying with the lists that are here'
      if [ $v8_way = wanted ] && apt_takes_libnode "${missing[@]}"; then
        missing+=(libnode-dev)
        v8_way=apt
      fi
    fi
  fi
  if [ ${#missing[@]} -gt 0 ]; then install_missing "${missing[@]}"; fi
  say 'Debian packages' "all ${#wanted[@]} present"
  v8 $v8_way
}

install_missing() {
  local command="apt-get install -y --no-install-recommends $*"
  if [ "$as_root" = none ]; then
    fail 'Debian packages are missing, and this user may not install them.' \
      'Run this as root, or ask whoever may, and start again:' '' "  apt-get update && $command"
  fi
  say 'Debian packages' "installing $*"
  $as_root dpkg --configure -a >"$state/dpkg.log" 2>&1 || true # after an interrupted install
  working 'Debian packages' "$state/apt.log" apt_get install -y --no-install-recommends "$@" ||
    fail 'apt-get could not install the packages' "Try it by hand to see why: $command"
}

# v8 present|apt|wanted: settles where V8 comes from and says which way was taken.
v8() {
  local way="Debian's libnode-dev"
  if [ "$1" = wanted ]; then
    say V8 'apt does not take libnode-dev here: unpacking it into a private prefix instead'
    v8_private
  fi
  if [ -n "${KIOSK_V8_ROOT:-}" ]; then
    way="KIOSK_V8_ROOT=$v8_root"
  elif [ -n "$v8_root" ]; then
    way="Debian's libnode, unpacked in $v8_root"
    [ "$(cat "$state/v8-root" 2>/dev/null)" = "$v8_root" ] || echo "$v8_root" >"$state/v8-root"
  fi
  say V8 "$way"
}

node_js() {
  hash -r
  node_works || fail "Node.js $node_major_min or newer is needed, with npm" \
    'Another, older node may come first in PATH.'
  say Node.js "$(node --version)"
}

# npm packages of every folder with a lock file; again only when the lock file changed.
npm_packages() {
  local lock dir sum fresh=0 folders=0
  while IFS= read -r lock; do
    dir=$(dirname "$lock")
    folders=$((folders + 1))
    sum=$(sha256sum <"$lock")
    [ "$(cat "$dir/node_modules/.kiosk-lock" 2>/dev/null)" != "$sum" ] || continue
    say 'npm packages' "npm ci in ${dir#./}"
    # No package of ours needs its install script: esbuild's binary is a package of its own.
    working 'npm packages' "$state/npm.log" \
      npm ci --prefix "$dir" --ignore-scripts --no-audit --no-fund ||
      fail "npm ci failed in $dir" 'Is the registry reachable? npm ping'
    echo "$sum" >"$dir/node_modules/.kiosk-lock"
    fresh=$((fresh + 1))
  done < <(find . \( -name node_modules -o -name 'build*' -o -name .git -o -name .setup \) -prune \
    -o -name package-lock.json -print | sort)
  say 'npm packages' "$folders folders, $fresh refreshed"
}

# The page of the web host, which its server serves as it is; again only when a source is newer.
web_page() {
  local page=samples/hosts/web/page
  if [ -e $page/dist/app.css ] &&
    [ -z "$(find $page \( -name dist -o -name node_modules \) -prune -o -newer $page/dist/app.css \
      -type f -print -quit)" ]; then
    say 'web page' 'up to date'
    return
  fi
  working 'web page' "$state/web-page.log" npm run --silent build --prefix $page ||
    fail 'the page of the web host could not be built'
  say 'web page' "built into $page/dist"
}

# configure [PRESET]: runs CMake when it has not run with these options and presets; ninja runs it
# again by itself when a CMakeLists.txt changes. Sets build_dir.
configure() {
  local preset=${1:-dev} options
  build_dir=build
  [ "$preset" = dev ] || build_dir=build-$preset
  options="--preset $preset -DKIOSK_V8_ROOT=$v8_root $(sha256sum <CMakePresets.json)"
  if [ -e "$build_dir/build.ninja" ] &&
    [ "$(cat "$build_dir/.kiosk-options" 2>/dev/null)" = "$options" ]; then
    say configure "$build_dir is up to date"
    return
  fi
  working configure "$state/configure-$preset.log" \
    cmake --preset "$preset" "-DKIOSK_V8_ROOT=$v8_root" ||
    fail 'CMake could not configure the build'
  echo "$options" >"$build_dir/.kiosk-options"
  say configure "$build_dir, preset $preset"
}

# compile [TARGET…]: builds in $build_dir.
compile() {
  local jobs started=$SECONDS
  jobs=$(jobs_max)
  if [ -t 1 ]; then
    ninja -C "$build_dir" -j "$jobs" "$@" || fail 'the build failed; the first error is above'
  else
    working build "$state/build.log" ninja -C "$build_dir" -j "$jobs" "$@" ||
      fail 'the build failed; the first error is above, all of it in .setup/build.log'
  fi
  if [ $((SECONDS - started)) -gt 2 ]; then
    say build "done in $((SECONDS - started)) s with $jobs jobs"
  else
    say build 'nothing to do'
  fi
}
