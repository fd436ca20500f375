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
dotnet run --no-build --project AppHost -- "${arguments[@]}" &
apphost=$!

is_running() { kill -0 "$1" 2>/dev/null; }

# The servers' own word for their process; they are the last to end.
servers_run() {
  local file
  for file in "$data/broker/pid" "$data/cache/pid"; do
    if [ -s "$file" ] && is_running "$(cat "$file")"; then return 0; fi
  done
  return 1
}

stop() {
  trap '' INT TERM HUP
  say "Stopping"
  kill -TERM "$apphost" 2>/dev/null || true
  for _ in $(seq 140); do
    is_running "$apphost" || break
    sleep 0.1
  done
  # Aspire's orchestrator watches the AppHost, and ends all that it started when the AppHost dies.
  pkill -KILL --parent "$apphost" 2>/dev/null || true
  kill -KILL "$apphost" 2>/dev/null || true
}

stopped=
trap 'stopped=yes; stop' INT TERM HUP
status=0
wait "$apphost" || status=$?
for _ in $(seq 150); do
  servers_run || break
  sleep 0.1
done
[ -n "$stopped" ] && exit 0
[ $status -eq 0 ] || fail "the AppHost ended with exit code $status; everything that it started has been stopped."
