#!/bin/sh
# What `make` alone prints: every target with its sentence, in the reader's language.
set -eu
. "$(dirname "$0")/common.sh"

say "河西 Hexi：城区开放运行平台" "Hexi: the open operating platform of a city district"
column=1
[ "$(say zh en)" = zh ] || column=2
sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)$/\1|\2/p' "$1" | while IFS='|' read -r name zh en; do
    [ "$column" = 1 ] && text=$zh || text=${en# }
    printf '  make %-10s %s\n' "$name" "$text"
done
