#!/bin/sh
# Starts the kernel for Jupyter: start.sh JAVA CONNECTION_FILE. "./secateur kernel install" puts beside it:
#   classpath      our classes, and in the second line the libraries
#   java.args      options of every start
#   secateur.jar, archive.args, release, secateur.jsa or .aot
#                  with --archive: our classes as they were, options that use the archive, the JDK it was made on
here=$(dirname "$0")
java=$1
connection=$2
{ read -r classes && read -r libraries; } <"$here/classpath"
options=$here/java.args
classpath=$classes:$libraries

say() {
  echo "secateur: $1" >&2
}

[ -x "$java" ] || { say "$java is gone; run ./secateur kernel install again"; exit 1; }

if [ -f "$here/archive.args" ]; then
  if [ -n "$(find "$classes" -type f -newer "$here/secateur.jar" 2>/dev/null | head -n 1)" ] \
    || ! cmp -s "$here/release" "$(dirname "$java")/../release"; then
    say "the archive is older than the classes or the JDK and is left out; run ./secateur kernel install --archive again"
  else
    options=$here/archive.args
    classpath=$here/secateur.jar:$libraries:$classes
  fi
fi

IFS=:
for entry in ${SECATEUR_CLASSPATH:-}; do # patterns become what they name
  classpath=$classpath:$entry
done
unset IFS

refused=
jvm_options=
if [ -n "${SECATEUR_JVM_OPTS:-}" ] && ! answer=$("$java" $SECATEUR_JVM_OPTS -version 2>&1); then
  refused=$(printf '%s\n' "$answer" | grep -v '^Picked up' | head -n 1)
else
  jvm_options=${SECATEUR_JVM_OPTS:-}
fi

[ -n "${SECATEUR_ONLINE:-}" ] || jvm_options="-Dai.djl.offline=true $jvm_options"

exec "$java" "@$options" ${refused:+"-Dsecateur.jvm.refused=$refused"} \
  $jvm_options -cp "$classpath" secateur.kernel.SecateurKernel "$connection"
