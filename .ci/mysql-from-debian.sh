#!/usr/bin/env bash
# Runs a current MySQL (9.x) for tests, from Debian's packages, in a folder of its own: nothing is installed.
#
#   mysql-from-debian.sh download   download and unpack unless done
#   mysql-from-debian.sh start      the same, start, wait until it answers
#   mysql-from-debian.sh url        the JDBC url of the running server; its root has no password, it listens on 127.0.0.1
#   mysql-from-debian.sh stop       stop it and delete its data
#
# Needs Debian (any release; amd64 or arm64) with apt. Environment:
#   MYSQL_FOLDER   where everything goes; target/mysql-from-debian of this project by default
#   MYSQL_SUITE    sid by default: no other release of Debian has MySQL's server
#   MYSQL_MIRROR   a mirror of Debian; by default the one that this machine's apt uses
set -euo pipefail
umask 022

folder=${MYSQL_FOLDER:-$(cd "$(dirname "$0")/.." && pwd)/target/mysql-from-debian}
suite=${MYSQL_SUITE:-sid}
root=$folder/root       # the unpacked packages
data=$folder/data
log=$folder/mysqld.log

say() { echo "mysql-from-debian: $*" >&2; }
die() { say "$*"; exit 1; }

mirror_of_this_machine() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
    awk '/^(URIs:|deb )/ { for (i = 2; i <= NF; i++) if (!found && $i ~ /\/debian\/?$/) { sub(/\/$/, "", $i); print $i; found = 1 } }' || true
}

# apt resolves and downloads with a state of its own, in which nothing is installed but what only MySQL's maintenance
# scripts need. It checks the archive's signature and each package's hash. The age of the archive's index is not checked:
# a mirror may lag behind, and this server lives for minutes.
fetch() {
  local apt=$folder/apt mirror=${MYSQL_MIRROR:-$(mirror_of_this_machine)} architecture package attempt
  [ -n "$mirror" ] || die "this machine's apt uses no mirror of Debian; name one by MYSQL_MIRROR"
  architecture=$(dpkg --print-architecture)
  rm -rf "$apt"
  mkdir -p "$apt"/{parts,lists/partial,archives/partial}
  echo "deb [arch=$architecture signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$apt/sources.list"
  for package in perl perl-base debconf; do
    printf '%s\n' "Package: $package" 'Status: install ok installed' 'Version: 99' "Architecture: $architecture" \
      'Multi-Arch: allowed' 'Maintainer: none' 'Description: not needed' 'Provides: debconf-2.0' ''
  done >"$apt/status"
  cat >"$apt/apt.conf" <<CONF
Dir::Etc::main "/dev/null"; Dir::Etc::parts "$apt/parts"; Dir::Etc::preferences "/dev/null"; Dir::Etc::preferencesparts "$apt/parts";
Dir::Etc::sourcelist "$apt/sources.list"; Dir::Etc::sourceparts "$apt/parts";
Dir::State "$apt"; Dir::State::status "$apt/status"; Dir::State::lists "$apt/lists";
Dir::Cache "$apt"; Dir::Cache::archives "$apt/archives";
APT::Architecture "$architecture"; APT::Architectures "$architecture"; APT::Sandbox::User ""; APT::Install-Recommends "0";
Acquire::Check-Valid-Until "0"; Acquire::Languages "none"; Acquire::Retries "3";
CONF
  # Both again, because a mirror may change in between: then it no longer has the packages that its index named.
  for attempt in 1 2 3; do
    rm -f "$apt"/archives/*.deb # of an attempt before, which may have had other versions
    if APT_CONFIG=$apt/apt.conf apt-get -qq update &&
      APT_CONFIG=$apt/apt.conf apt-get -qq -y --download-only install mysql-server-core >/dev/null; then
      return
    fi
    say "attempt $attempt of 3 to download MySQL from $mirror failed"
    sleep $((attempt * 10))
  done
  die "could not download MySQL"
}

unpack() {
  local package
  rm -rf "$root.partial"
  mkdir -p "$root.partial"
  for package in "$folder"/apt/archives/*.deb; do
    dpkg-deb -x "$package" "$root.partial"
  done
  [ -x "$root.partial/usr/sbin/mysqld" ] || die "no mysqld in the packages of $suite"
  rm -rf "$folder/apt" "$root.partial"/usr/share/{doc,man,locale,lintian}
  mv "$root.partial" "$root"
}

download() {
  if [ ! -d "$root" ]; then
    fetch
    unpack
  fi
}

# mysqld with the C library of its own release, because this machine's may be older.
mysqld() {
  local loader libraries
  loader=$(find "$root"/lib64/ "$root"/usr/lib64/ "$root"/lib/ "$root"/usr/lib/ -maxdepth 1 \
    \( -name 'ld-linux-x86-64.so.2' -o -name 'ld-linux-aarch64.so.1' \) 2>/dev/null | sort | head -n 1 || true)
  [ -n "$loader" ] || die "no dynamic loader in $root; delete that folder and start again"
  libraries=$(find "$root"/usr/lib/ "$root"/lib/ -maxdepth 1 -type d -name '*-linux-gnu' 2>/dev/null | paste -sd: || true)
  exec "$loader" --argv0 "$root/usr/sbin/mysqld" --library-path "$libraries" "$root/usr/sbin/mysqld" --no-defaults \
    --user="$(id -un)" --basedir="$root/usr" --datadir="$data" --lc-messages-dir="$root/usr/share/mysql" \
    --character-sets-dir="$root/usr/share/mysql/charsets" --plugin-dir="$root/usr/lib/mysql/plugin" --secure-file-priv= "$@"
}

free_port() {
  local port=13306
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    port=$((port + 1))
  done
  echo "$port"
}

running() {
  [ -f "$folder/pid" ] && grep -qaF -- "--datadir=$data" "/proc/$(cat "$folder/pid")/cmdline" 2>/dev/null
}

start() {
  if running; then
    say "already runs"
    return
  fi
  download
  rm -rf "$data"
  (mysqld --initialize-insecure) >"$log" 2>&1 || { cat "$log" >&2; die "could not make a data folder"; }

  free_port >"$folder/port"
  # The socket's path is relative to the data folder: it has at most 107 bytes. The data is for tests: no binary log, no fsync.
  (mysqld --port="$(cat "$folder/port")" --bind-address=127.0.0.1 --socket=server.sock --pid-file=server.pid --mysqlx=OFF \
    --max-connections=200 --skip-log-bin --sync-binlog=0 --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=OFF \
    --innodb-buffer-pool-size=64M </dev/null >"$log" 2>&1) &
  echo $! >"$folder/pid"
  for _ in $(seq 600); do
    # With its port: a first line like it is about the initial data.
    if grep -qE 'ready for connections.* port: [1-9]' "$log"; then
      say "ready at $(url)"
      return
    fi
    kill -0 "$(cat "$folder/pid")" 2>/dev/null || break
    sleep 0.1
  done
  cat "$log" >&2
  stop
  die "mysqld ended, or was not ready after 60 s; its log is above"
}

url() {
  echo "jdbc:mysql://127.0.0.1:$(cat "$folder/port")/?user=root&sslMode=DISABLED"
}

stop() {
  if running; then
    local pid
    pid=$(cat "$folder/pid")
    kill -KILL "$pid" # The data goes too, so there is nothing to write back.
    while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
  fi
  rm -rf "$data" "$folder/pid" "$folder/port"
}

case ${1:-} in
  download) download ;;
  start) start ;;
  url) url ;;
  stop) stop ;;
  *) sed -n '2,12p' "$0" >&2; exit 2 ;;
esac
