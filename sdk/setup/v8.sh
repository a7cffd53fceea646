# V8 in a private prefix: Debian's own libnode packages, unpacked and not installed. For machines
# where apt refuses libnode-dev because another vendor's Node.js is installed, and for users without
# root. Sourced.

# v8_root_works PREFIX: headers and a loadable libnode are there.
v8_root_works() {
  [ -e "$1/include/nodejs/deps/v8/include/v8.h" ] && compgen -G "$1/lib/*/libnode.so*" >/dev/null
}

# Where unpacked packages are kept, shared by the clones of one user.
v8_cache() {
  local cache=${XDG_CACHE_HOME:-${HOME:-$state}/.cache}/kiosk
  mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ] || cache=$state/cache
  mkdir -p "$cache"
  echo "$cache"
}

# v8_unpack DIR: downloads libnode-dev, its libnode and those of libnode's libraries that this
# machine lacks, and unpacks them below DIR. Needs no root; has apt's lists of its own where there
# are none.
v8_unpack() {
  local dir=$1 apt=() node_lib wanted=() dependency deb
  if ! apt-cache show libnode-dev >/dev/null 2>&1; then
    mkdir -p "$dir/apt/lists/partial" "$dir/apt/cache/archives/partial"
    apt=(-o "Dir::State::lists=$dir/apt/lists" -o "Dir::Cache=$dir/apt/cache")
    apt-get "${apt[@]}" update
  fi
  depends() { apt-cache "${apt[@]}" depends "$1" | sed -n 's/^ *Depends: \(lib[^ ]*\)$/\1/p'; }
  node_lib=$(depends libnode-dev | grep -x 'libnode[0-9]*')
  wanted=(libnode-dev "$node_lib")
  for dependency in $(depends "$node_lib"); do
    installed "$dependency" || wanted+=("$dependency")
  done
  mkdir -p "$dir/debs" "$dir/root"
  (cd "$dir/debs" && apt-get "${apt[@]}" -o Acquire::Retries=3 download "${wanted[@]}")
  for deb in "$dir"/debs/*.deb; do dpkg-deb -x "$deb" "$dir/root"; done
  rm -rf "$dir/debs" "$dir/apt"
}

# v8_private: makes sure of the prefix and sets v8_root. Whole or not there: unpacked aside, then
# renamed.
v8_private() {
  local cache version target fresh
  cache=$(v8_cache)
  version=$(apt-cache policy libnode-dev 2>/dev/null | sed -n 's/^ *Candidate: //p')
  target=$cache/libnode-${version:-newest}-$(dpkg --print-architecture)
  if ! v8_root_works "$target/usr"; then
    fresh=$(mktemp -d "$cache/unpack.XXXXXX")
    export -f v8_unpack installed
    working V8 "$state/v8.log" bash -euo pipefail -c 'v8_unpack "$1"' _ "$fresh" ||
      {
        rm -rf "$fresh"
        fail 'could not download libnode-dev' \
          'Without it, give a V8 of your own: KIOSK_V8_ROOT=PREFIX (docs/hacking.md).'
      }
    mv -T "$fresh/root" "$target" 2>/dev/null || true # another was quicker: its copy is as good
    rm -rf "$fresh"
  fi
  v8_root_works "$target/usr" || fail "V8 is not whole: remove $target and start again"
  v8_root=$target/usr
}
