#!/usr/bin/env bash
# parallel.sh BATCH OUT [JOBS]: a batch graded office by office under GNU parallel, then merged; equals one run, byte for byte.
# A part that is whole already is not graded again, so an interrupted run goes on where it stopped; one that fails is tried three times.
# JUANPING is the program (default: juanping). FAIL_ONCE=FOLDER lets the first try of every office fail, to show that it is tried again.
set -euo pipefail
batch=$1 out=$2 jobs=${3:-0}
export JUANPING=${JUANPING:-juanping} BATCH=$batch PARTS=$out.parts
[ ! -d "$PARTS" ] || RESUMED=1
mkdir -p "$PARTS"

part() {
    local folder=$PARTS/$1 code=0
    if [ -n "${FAIL_ONCE:-}" ] && mkdir "$FAIL_ONCE/$1" 2>/dev/null; then return 9; fi
    "$JUANPING" verify "$folder" --quiet >/dev/null 2>&1 && return 0
    "$JUANPING" assess "$BATCH" --office "$1" -o "$folder" --jobs 1 --quiet || code=$?
    # 3: something of the office could not be read; the result says what, and is whole.
    [ "$code" -eq 0 ] || [ "$code" -eq 3 ]
}
export -f part

list=$("$JUANPING" assess "$batch" --list-offices | cut -f 1)
SHELL=$(command -v bash) parallel --will-cite --jobs "$jobs" --retries 3 --halt soon,fail=1 --joblog "$PARTS.log" part <<<"$list"
mapfile -t offices <<<"$list"
"$JUANPING" merge "${offices[@]/#/$PARTS/}" -o "$out" --quiet
# Parts of a run before prove nothing of the batch as it is now.
if [ -n "${RESUMED:-}" ]; then "$JUANPING" verify "$out" "$batch"; fi
rm -rf "$PARTS" "$PARTS.log"
