# What the scripts at the root have in common: telling, failing, and installing what is missing. Sourced, not run.

say() { printf '%s\n' "$@"; }

fail() {
  printf 'Error: %s\n' "$*" >&2
  exit 1
}

# The SDK that global.json asks for.
require_sdk() {
  command -v dotnet >/dev/null ||
    fail "the .NET SDK 10 is missing; install it from https://dotnet.microsoft.com/download and make sure that dotnet is on the PATH."
  dotnet --version >/dev/null 2>&1 ||
    fail "the .NET SDK 10.0.100 or a later 10.0 is needed, and this machine has: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | xargs echo)."
}

container_engine_answers() {
  timeout 5 docker info >/dev/null 2>&1 || timeout 5 podman info >/dev/null 2>&1
}

# require_packages "what it is for" package...: installs those of Debian's packages that are missing, and starts none of their services.
require_packages() {
  local purpose=$1 package missing=() root=()
  shift
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return

  command -v apt-get >/dev/null ||
    fail "for $purpose these are missing, and cannot be installed here without apt-get: ${missing[*]}."
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      fail "for $purpose these are missing; run as root: apt-get install --no-install-recommends ${missing[*]}"
    root=(sudo)
  fi

  say "Installing for $purpose: ${missing[*]}"
  install_quietly "${root[@]}" -- "${missing[@]}"
}

is_installed() {
  case $1 in
    rabbitmq-server) [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] ;;
    redis-server) command -v redis-server >/dev/null ;;
    chromium) command -v chromium >/dev/null ;;
    *) dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed ;;
  esac
}

install_quietly() {
  local root=() log policy=/usr/sbin/policy-rc.d own_policy= status=0 service
  while [ "$1" != -- ]; do root+=("$1"); shift; done
  shift
  log=$(mktemp)

  # Debian starts a service as it installs it, unless this file says that nothing is to be started.
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' | "${root[@]}" tee $policy >/dev/null
    "${root[@]}" chmod 755 $policy
    own_policy=yes
  fi
  {
    "${root[@]}" apt-get update &&
      "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
  } >"$log" 2>&1 || status=$?
  [ -z "$own_policy" ] || "${root[@]}" rm -f $policy

  if [ $status -ne 0 ]; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    fail "could not install $*; apt-get's last lines stand above."
  fi
  rm -f "$log"

  # Nor are they to start with the machine.
  if command -v systemctl >/dev/null; then
    for service in "$@"; do
      "${root[@]}" systemctl disable --quiet "$service" >/dev/null 2>&1 || true
    done
  fi
}

# What the embedded servers are, where no container engine takes their place.
require_servers() {
  require_packages "the store's broker and cache" rabbitmq-server redis-server
}
