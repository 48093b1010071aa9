#!/bin/bash
# Cuts the list of a real package's public signatures down to the types that a stand-in declares.
#   tests/signatures/extract.sh LIST SOURCES [LEFT-OUT] > tests/signatures/PACKAGE.txt
# LIST is the whole list (one member a line, "Type::member" and "type Type : Base"), SOURCES the folder with the stand-in's C# files.
# A type is kept, with every member of it, when its own name is declared somewhere in SOURCES; of its ancestors the "type" lines are kept too.
# Members that match the regular expression LEFT-OUT (grep -P) are left out: a shorter list is only stricter. Microsoft.Data.Analysis needs one, its
# columns have an overload for every pair of number types:
#   '^Microsoft\.Data\.Analysis\.(U?Int\d+|S?Byte|Single|Double|Decimal)DataFrameColumn::(?!\.ctor|virtual).*(System|Analysis)\.(?!\1)(U?Int\d+|S?Byte|Single|Double|Decimal)'
set -euo pipefail
if [ $# -lt 2 ] || [ $# -gt 3 ] || [ ! -f "$1" ] || [ ! -d "$2" ]; then
    sed -n '2,8s/^# //p' "$0" >&2
    exit 2
fi
declared=$(find "$2" -name '*.cs' -print0 | xargs -0 cat |
    grep -oE '\<(class|struct|enum|interface|record)[[:space:]]+@?[A-Za-z_][A-Za-z0-9_]*|\<delegate[[:space:]][^(]*' |
    sed -E 's/^delegate.*[[:space:]]@?([A-Za-z_][A-Za-z0-9_]*)(<.*)?$/\1/; s/^.*[[:space:]]@?//' |
    sort -u)
LC_ALL=C awk -v declared="$declared" '
    function simple(type) { sub(/`.*/, "", type); sub(/^.*\./, "", type); return type }
    function plain(type) { sub(/<.*/, "", type); return type }
    BEGIN { count = split(declared, names, "\n"); for (i = 1; i <= count; i++) wanted[names[i]] = 1 }
    # A default value that holds a line break continues on the next line.
    /^"/ { lines[n] = lines[n] "\\n" $0; next }
    { lines[++n] = $0 }
    END {
        for (i = 1; i <= n; i++) if (lines[i] ~ /^type /) {
            split(lines[i], part, " "); type = part[2]; base[type] = plain(part[4]); unticked = type; gsub(/`[0-9]+/, "", unticked)
            variants[unticked] = variants[unticked] " " type
            if (simple(type) in wanted) keep[type] = 1
        }
        do {
            grown = 0
            for (type in keep) { m = split(variants[base[type]], v, " "); for (j = 1; j <= m; j++) if (!(v[j] in keep) && !(v[j] in named)) { named[v[j]] = 1; grown = 1 } }
            for (type in named) { m = split(variants[base[type]], v, " "); for (j = 1; j <= m; j++) if (!(v[j] in keep) && !(v[j] in named)) { named[v[j]] = 1; grown = 1 } }
        } while (grown)
        for (i = 1; i <= n; i++) {
            if (lines[i] ~ /^type /) { split(lines[i], part, " "); if (part[2] in keep || part[2] in named) print lines[i] }
            else { at = index(lines[i], "::"); if (at && (substr(lines[i], 1, at - 1) in keep)) print lines[i] }
        }
    }' "$1" | grep -vP "${3:-^$}"
