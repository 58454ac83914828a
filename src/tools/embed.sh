#!/bin/sh
# Prints files as C arrays, so that an installed program needs no file for them.
#
# usage: embed.sh PREFIX FILE...   (NAME.EXT becomes PREFIX_NAME_EXT)
set -eu
prefix=$1
shift
for file; do
	name=$(basename "$file" | tr '.-' '__')
	printf 'static const char %s_%s[] = {\n' "$prefix" "$name"
	od -An -v -t d1 "$file" | sed -e 's/-\{0,1\}[0-9]\{1,\}/&,/g'
	printf '0 };\n'
done
