#!/bin/bash
# Narrows an extract to the members whose names occur in the stand-in's sources: for packages whose types have hundreds of members that no stand-in has.
#   tests/signatures/extract.sh LIST SOURCES | tests/signatures/narrow.sh SOURCES > tests/signatures/PACKAGE.txt
set -euo pipefail
if [ $# -ne 1 ] || [ ! -d "$1" ]; then
    sed -n '2,3s/^# //p' "$0" >&2
    exit 2
fi
words=$(find "$1" -name '*.cs' -print0 | xargs -0 cat | grep -oE '[A-Za-z_][A-Za-z0-9_]*' | sort -u)
LC_ALL=C awk -v words="$words" '
    BEGIN { count = split(words, list, "\n"); for (i = 1; i <= count; i++) known[list[i]] = 1; known[".ctor"] = 1 }
    /^type / { if ($2 !~ /\.Tags$/) print; next }
    {
        name = substr($0, index($0, "::") + 2); sub(/^static /, "", name); sub(/^virtual /, "", name); sub(/[<( {\[].*/, "", name)
        if (name in known && name !~ /^(Equals|GetHashCode|CompareTo|ToString|Tag)$/) print
    }'
