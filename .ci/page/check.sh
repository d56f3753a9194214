#!/usr/bin/env bash
# report.html: that the committed product is what its source builds, then what a browser makes of the pages given (none: only the product).
# Needs npm's registry and Debian's chromium and nodejs; changes nothing in the repository but the folders of packages, which git ignores.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
web=$here/../../src/report/page/web

missing=()
command -v node >/dev/null || missing+=(nodejs npm)
command -v "${CHROMIUM:-chromium}" >/dev/null || missing+=(chromium)
fc-list :lang=zh 2>/dev/null | grep -q . || missing+=(fontconfig fonts-noto-cjk)
if ((${#missing[@]})); then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q
    apt-get install -yq --no-install-recommends "${missing[@]}"
fi

built=$(mktemp)
trap 'rm -f "$built"' EXIT
(cd "$web" && npm ci --no-audit --no-fund --silent && npm run --silent check && npm run --silent build -- "$built")
cmp "$built" "$web/../page.html" || { echo "page.html is not what its source builds: npm run build in src/report/page/web, and commit it" >&2; exit 1; }

(($#)) || exit 0
pages=()
for page in "$@"; do pages+=("$(realpath "$page")"); done
cd "$here"
npm ci --no-audit --no-fund --silent
npm test --silent -- "${pages[@]}"
