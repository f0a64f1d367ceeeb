#!/usr/bin/env bash
# Carries out the Dockerfile without Docker: every instruction in a clean folder, on a PATH without compiler and Python, with an
# empty HOME, as an unprivileged user who can write nowhere but the volume and /tmp. Starts CMD (without a token: the demo), runs
# HEALTHCHECK until it passes, stops with SIGTERM and looks for files written elsewhere. Reads the Dockerfile itself, so that the
# two cannot drift; an instruction it does not know is an error. Absolute paths of WORKDIR and VOLUME are moved below the folder.
#
#   scripts/try-dockerfile.sh [--keep]      --keep leaves the folder for a look inside
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
keep=${1:-}

fail() {
  echo "try-dockerfile: $*" >&2
  exit 1
}
say() { echo "try-dockerfile: $*"; }

[[ $(uname -s) == Linux ]] || fail "works on Linux only"
own_node=$project/node_modules/node/bin/node
[[ -x $own_node ]] || fail "the project's Node is missing: run npm ci first"

place=$(mktemp -d /tmp/try-dockerfile.XXXXXX)
# Every process that runs the Node of this place.
running() {
  local folder
  for folder in /proc/[0-9]*; do
    if [[ $(readlink "$folder/exe" 2>/dev/null) == "$place/bin/node"* ]]; then echo "${folder#/proc/}"; fi
  done
}
clean_up() {
  local pid
  for pid in $(running); do kill -KILL "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  if [[ $keep == --keep ]]; then
    say "kept $place"
  else
    chmod -R u+w "$place"
    rm -rf "$place"
  fi
}
trap clean_up EXIT
chmod 755 "$place"
mkdir "$place"/{bin,build-home,home,root,tmp}
chmod 1777 "$place/tmp"

# --- the machine: the base image's commands, and nothing that compiles ------------------------------------------------------------
cp "$own_node" "$place/bin/node"
npm_cli=$(readlink -f "$(command -v npm)")
printf '#!/bin/sh\nexec node "%s" "$@"\n' "$npm_cli" >"$place/bin/npm"
chmod 755 "$place/bin/npm"
for command in sh bash env cat ls ln cp mv rm mkdir rmdir chmod touch true false test echo printf sleep id uname hostname dirname \
  basename readlink realpath sed grep tr head tail sort find tar gzip mktemp date; do
  found=$(type -P "$command") && ln -s "$found" "$place/bin/$command"
done
# The image's user `node` does not exist here: what it would own belongs to the unprivileged user.
if [[ $(id -u) == 0 ]]; then
  user=$(id -u nobody) group=$(id -g nobody)
  as_user=("$(type -P setpriv)" "--reuid=$user" "--regid=$group" --clear-groups --no-new-privs)
  printf '#!/bin/sh\nshift\nexec %s %s:%s "$@"\n' "$(type -P chown)" "$user" "$group" >"$place/bin/chown"
else
  user=$(id -u)
  as_user=()
  printf '#!/bin/sh\n' >"$place/bin/chown"
fi
chmod 755 "$place/bin/chown"
for tool in gcc cc g++ clang make python python3; do
  [[ ! -e $place/bin/$tool ]] || fail "$tool is on the PATH"
done

# --- reading the Dockerfile -----------------------------------------------------------------------------------------------------
declare -a variables=() roots=() command_line=() health=()
workdir=/ final_user=root

# Words of a JSON array, one a line; none of ours holds a newline.
json_words() { "$own_node" -e 'for (const word of JSON.parse(process.argv[1])) console.log(word)' "$1"; }

# Moves the absolute paths of WORKDIR and VOLUME below $place/root.
moved() {
  local text=$1 path
  for path in "${roots[@]}"; do
    text=$("$own_node" -e '
      const [text, path, place] = process.argv.slice(1);
      const name = path.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
      process.stdout.write(text.replaceAll(new RegExp(`(?<=^|[\\s:="\x27])${name}(?=$|[/\\s"\x27])`, "g"), () => place + path));
    ' "$text" "$path" "$place/root")
  done
  printf '%s' "$text"
}

instructions=$(sed -e '/^[[:space:]]*#/d' "$project/Dockerfile" | sed -e ':a' -e '/\\$/{N;s/\\\n[[:space:]]*//;ba' -e '}' | sed -e '/^[[:space:]]*$/d')
mapfile -t roots < <(sed -nE 's/^(WORKDIR|VOLUME)[[:space:]]+(\/[^[:space:]]+).*/\2/p' <<<"$instructions")
declare -a volumes=()

# How this machine reaches the registry is no part of the image: its global npm settings and proxies stay.
declare -a network=("npm_config_globalconfig=$(npm config get globalconfig)")
for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY NODE_EXTRA_CA_CERTS npm_config_registry; do
  if [[ -n ${!name:-} ]]; then network+=("$name=${!name}"); fi
done

build() { # build COMMAND…: as the image's root, in WORKDIR, with the ENV lines so far
  (cd "$place/root$workdir" && env -i "${network[@]}" "${variables[@]}" HOME="$place/build-home" PATH="$place/bin" TMPDIR="$place/tmp" "$@")
}

while read -r instruction rest; do
  case $instruction in
    FROM)
      wanted=$(sed -nE 's/^node:([0-9]+).*/\1/p' <<<"$rest")
      actual=$("$place/bin/node" -p 'process.versions.node.split(".")[0]')
      [[ $wanted == "$actual" ]] || fail "FROM $rest, but the project's Node is $actual"
      ;;
    ENV) for pair in $rest; do variables+=("$(moved "$pair")"); done ;;
    WORKDIR)
      workdir=$rest
      mkdir -p "$place/root$workdir"
      ;;
    COPY)
      read -ra words <<<"$rest"
      target=${words[-1]}
      unset 'words[-1]'
      [[ $target == /* ]] || target=$workdir/$target
      for source in "${words[@]}"; do
        grep -qxF "!${source#./}" "$project/.dockerignore" || fail "COPY $source: .dockerignore leaves it out"
        if [[ -d $project/$source ]]; then
          mkdir -p "$place/root$target"
          cp -R "$project/$source/." "$place/root$target"
        elif [[ $target == */ ]]; then
          mkdir -p "$place/root$target"
          cp "$project/$source" "$place/root$target"
        else
          cp "$project/$source" "$place/root$target"
        fi
      done
      ;;
    RUN)
      say "RUN $rest"
      build sh -c "$(moved "$rest")" || fail "RUN $rest: exit code $?"
      ;;
    USER) final_user=$rest ;;
    VOLUME) volumes+=("$rest") ;;
    EXPOSE) ;;
    HEALTHCHECK)
      [[ $rest =~ CMD[[:space:]]+(\[.*\])$ ]] || fail "HEALTHCHECK: write CMD as a JSON array"
      mapfile -t health < <(json_words "${BASH_REMATCH[1]}")
      ;;
    CMD)
      [[ $rest == \[* ]] || fail "CMD: write it as a JSON array, so that signals reach the program"
      mapfile -t command_line < <(json_words "$rest")
      ;;
    *) fail "does not know the instruction $instruction" ;;
  esac
done <<<"$instructions"

[[ $final_user != root ]] || fail "the Dockerfile names no USER"
((${#volumes[@]} == 1)) || fail "the Dockerfile has ${#volumes[@]} volumes, not one"
((${#health[@]} > 0)) || fail "the Dockerfile has no HEALTHCHECK"
((${#command_line[@]} > 0)) || fail "the Dockerfile has no CMD"
volume=$place/root${volumes[0]}

# --- running it on a read-only root file system -----------------------------------------------------------------------------------
if [[ $(id -u) != 0 ]]; then
  chmod -R a-w "$place/root" "$place/home"
  chmod -R u+w "$volume"
fi
for folder in "$place/root$workdir" "$place/home"; do
  if "${as_user[@]}" test -w "$folder"; then fail "$folder can be written by the user of the program"; fi
done
"${as_user[@]}" test -w "$volume" || fail "the volume cannot be written by the user of the program"

# A container has its ports to itself; here we need one that is free, and so is the one above it.
port=$("$own_node" -e '
  const { createServer } = require("node:net");
  const open = (port) => new Promise((resolve, reject) => {
    const server = createServer().once("error", reject).listen(port, "0.0.0.0", () => resolve(server));
  });
  (async () => {
    for (;;) {
      const first = await open(0);
      const { port } = first.address();
      const second = await open(port + 1).catch(() => null);
      first.close();
      if (second === null) continue;
      second.close();
      return console.log(port);
    }
  })();
')
run=(env -i "${variables[@]}" "PORT=$port" "HOME=$place/home" "PATH=$place/bin" "TMPDIR=$place/tmp")

touch "$place/started"
listing() { (cd "$place" && find root home bin -path "root${volumes[0]}" -prune -o -printf '%p %y %s %T@\n' | sort); }
listing >"$place/before"

cd "$place/root$workdir"
say "CMD ${command_line[*]} (port $port)"
"${run[@]}" "${as_user[@]}" "${command_line[@]}" >"$place/stdout" 2>"$place/stderr" &
main_pid=$!

healthy=no
deadline=$((SECONDS + 30))
for ((attempt = 1; SECONDS < deadline; attempt++)); do
  kill -0 "$main_pid" 2>/dev/null || break
  if "${run[@]}" "${as_user[@]}" "${health[@]}" 2>/dev/null; then
    healthy=yes
    break
  fi
  sleep 0.5
done
if [[ $healthy == no ]]; then
  reason='HEALTHCHECK did not pass within half a minute'
  kill -0 "$main_pid" 2>/dev/null || reason='CMD ended by itself'
  tail -n 20 "$place/stderr" >&2
  fail "$reason (above: the end of stderr)"
fi
say "HEALTHCHECK passes at try $attempt"
uid_found=$(stat -c %u "/proc/$main_pid")
[[ $uid_found == "$user" ]] || fail "the program runs as user $uid_found"

kill -TERM "$main_pid"
for ((tenth = 0; tenth < 150; tenth++)); do
  kill -0 "$main_pid" 2>/dev/null || break
  sleep 0.1
done
kill -KILL "$main_pid" 2>/dev/null || true
code=0
wait "$main_pid" || code=$?
if [[ $code != 0 ]]; then
  tail -n 20 "$place/stderr" >&2
  fail "after SIGTERM the exit code is $code, not 0 (137: it had to be killed after 15 s)"
fi
left=$(running)
[[ -z $left ]] || fail "SIGTERM left processes behind: $(ps -o args= -p "${left//$'\n'/,}")"
say "SIGTERM ends it with exit code 0"

# --- where did it write? ------------------------------------------------------------------------------------------------------------
listing >"$place/after"
diff "$place/before" "$place/after" >&2 || fail "files outside the volume and /tmp were written (above)"
elsewhere=$(find /var/tmp /dev/shm /run -xdev -newer "$place/started" -user "$user" -type f 2>/dev/null | head -n 5 || true)
if [[ $user != 0 && -n $elsewhere ]]; then fail "files were written outside the volume and /tmp: $elsewhere"; fi
[[ -n $(find "$volume" -type f -size +0) ]] || fail "nothing was written to the volume"
say "the volume holds: $(cd "$volume" && find . -type f -printf '%P (%s bytes) ' | sort)"
say "all steps of the Dockerfile work"
