# For the launchers beside this file, which source it: what they need, compiled and started.
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)

need_root() {
  if [ "$(id -u)" != 0 ]; then
    echo "bench: $1" >&2
    exit 77
  fi
}

# Installs Debian packages that are missing. Debian's own mail servers must not start by themselves:
# the program starts its own. A policy that was there before stays.
install_peers() {
  local package policy=/usr/sbin/policy-rc.d made='' missing=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ -e $policy ] || { printf '#!/bin/sh\nexit 101\n' >$policy && chmod +x $policy && made=1; }
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  [ -z "$made" ] || rm $policy
}

# The product's jar and the JDK that it runs on, in $java; the launcher builds what is missing.
find_java() {
  "$root/thurn" --version >/dev/null
  java=$(THURN_JAVA_OPTIONS=-XshowSettings:properties "$root/thurn" --version 2>&1 |
    sed -n 's/^ *java\.home = //p')
}

# Starts a class of org.thurn.bench.jmh with the project's root and the words that follow.
run_jmh() {
  local class=$1 java jmh=$root/target/jmh
  shift
  find_java
  mkdir -p "$jmh/classes"
  [ -s "$jmh/classpath" ] && [ "$jmh/classpath" -nt "$root/bench/jmh/pom.xml" ] ||
    mvn -B -ntp -q -f "$root/bench/jmh/pom.xml" dependency:build-classpath \
      -Dmdep.outputFile="$jmh/classpath" >/dev/null
  local path
  path=$root/target/thurn.jar:$(cat "$jmh/classpath")
  "$java/bin/javac" -Xlint:all,-classfile,-processing,-try -cp "$path" -d "$jmh/classes" \
    -processor org.openjdk.jmh.generators.BenchmarkProcessor "$root"/bench/jmh/src/org/thurn/bench/jmh/*.java
  exec "$java/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$jmh/classes:$path" "org.thurn.bench.jmh.$class" "$root" "$@"
}

# Starts a class of org.thurn.bench with the project's root and the words that follow.
run_class() {
  local class=$1 java
  shift
  find_java
  # A thousand connections have two ends.
  ulimit -n "$(ulimit -Hn)"
  # Compiled as a whole, not class by class as needed: the measuring must not wait for a compiler.
  mkdir -p "$root/target/bench"
  "$java/bin/javac" -Xlint:all,-classfile,-processing,-try -Werror -proc:none -cp "$root/target/thurn.jar" \
    -d "$root/target/bench" "$root"/bench/src/org/thurn/bench/*.java
  exec "$java/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$root/target/bench:$root/target/thurn.jar" "org.thurn.bench.$class" "$root" "$@"
}
