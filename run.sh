#!/usr/bin/env bash
# Starts the whole store: installs what is missing, builds, starts everything, and stays until Ctrl-C.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. eng/prerequisites.sh

usage() {
  cat <<'TEXT'
Usage: ./run.sh [--reset] [SETTING=VALUE...]

  --reset                     removes all data first
  Store:Port=8080             where the store is; 0 takes any free port
  Store:Data=.data            where everything is kept
  Infrastructure=embedded     RabbitMQ and Redis of the system's packages, SQLite files; else "containers": RabbitMQ, Redis and SQL Server
                              in containers. Unless told: containers where an engine answers
  Replicas:orders=2           processes of a service: users, products, orders, web
  ASPNETCORE_URLS=http://localhost:18888                       the dashboard
  ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:18889    where it takes telemetry
TEXT
}

reset= port=8080 data=.data infrastructure= dashboard=18888 otlp=18889 arguments=()
for argument in "$@"; do
  case $argument in
    --reset) reset=yes; continue ;;
    -h | --help) usage; exit 0 ;;
    Store:Port=*) port=${argument#*=} ;;
    Store:Data=*) data=$(realpath -m -- "${argument#*=}"); argument=Store:Data=$data ;;
    Infrastructure=*) infrastructure=${argument#*=} ;;
    ASPNETCORE_URLS=*) dashboard=${argument##*:} ;;
    ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=*) otlp=${argument##*:} ;;
    *=*) ;;
    *) usage >&2; exit 1 ;;
  esac
  arguments+=("--$argument")
done
data=$(realpath -m -- "$data")

require_free_port() {
  [[ $1 =~ ^[0-9]+$ ]] || fail "'$1' is no port for $2."
  [ "$1" -eq 0 ] || ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null || fail "port $1, for $2, is taken by another program."
}

require_sdk
require_free_port "$port" "the store"
require_free_port "$dashboard" "the dashboard"
require_free_port "$otlp" "the dashboard's telemetry"

if [ -n "$reset" ]; then
  if [ -e "$data" ]; then
    say "Removing all data in $data"
    rm -rf -- "$data" || fail "the data folder $data cannot be removed."
  fi
  # The same name as StoreData.VolumeOf makes.
  prefix=playstation-store-$(printf %s "$data" | sha256sum | cut -c1-8)-
  for engine in docker podman; do
    timeout 5 $engine volume ls --quiet --filter "name=$prefix" 2>/dev/null | xargs -r "$engine" volume rm >/dev/null || true
  done
fi
{ mkdir -p -- "$data" && touch -- "$data/lock"; } 2>/dev/null || fail "the data folder $data cannot be written."

if [ "$infrastructure" = embedded ] || { [ -z "$infrastructure" ] && ! container_engine_answers; }; then
  require_servers
fi

say "Restoring and building; the first time takes a few minutes"
dotnet build AppHost --nologo --verbosity minimal -consoleLoggerParameters:NoSummary || fail "the build failed; the errors stand above."

say "Starting"
# Everything that is started inherits this mark, by which it is found even if its parent has died.
mark=STORE_RUN=$$-$(date +%s%N)
env "$mark" dotnet run --no-build --project AppHost -- "${arguments[@]}" &
apphost=$!

started() { grep -lsaF -- "$mark" /proc/[0-9]*/environ | cut -d/ -f3; }

# The AppHost ends all that it started; if it is killed, Aspire's orchestrator, which watches it, does. Whatever is left then is killed.
settle() {
  local processes
  for _ in $(seq "$1"); do
    processes=$(started || true)
    [ -n "$processes" ] || return 0
    sleep 0.2
  done
  kill -KILL $processes 2>/dev/null || true
}

stop() {
  trap '' INT TERM HUP
  say "Stopping"
  kill -TERM "$apphost" 2>/dev/null || true
  settle 65
  exit 0
}

trap stop INT TERM HUP
status=0
wait "$apphost" || status=$?
settle 70
[ $status -eq 0 ] || fail "the AppHost ended with exit code $status; all that it started has been stopped."
