#!/bin/sh
# Speed of the public site over a big city, beside a bare handler with the same bytes and beside
# Datasette with the same rows. What is measured and why: docs/benchmarks.md.
#
#   crates/meguri/benches/site/run.sh [SECONDS] [ROUNDS]
#
# Needs wrk and python3 (with venv; Datasette is fetched once into the build folder). All servers
# run at the same time and are asked in turn, so that other work on the machine meets all of them.
set -eu

seconds=${1:-10}
rounds=${2:-2}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
work=$target/site
city=$work/big.sqlite
mkdir -p "$work"
cd "$root"

cargo build --release -p meguri-store --example big_city
cargo build --release -p meguri --bin meguri --example bare
if [ ! -e "$city" ]; then
    "$target/release/examples/big_city" "$work/new.sqlite"
    mv "$work/new.sqlite" "$city"
fi
if [ ! -x "$work/datasette/bin/datasette" ]; then
    python3 -m venv "$work/datasette"
    "$work/datasette/bin/pip" install -q datasette==0.65.5
fi
python3 - "$city" "$work/ids" <<'PYTHON'
import sqlite3, sys
rows = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True).execute("SELECT id FROM sheet")
open(sys.argv[2], "w").writelines(f"{row[0]}\n" for row in rows)
PYTHON

running=""
trap 'for one in $running; do kill "$one" 2>/dev/null || true; done' EXIT INT TERM

# A server of its own: its name, its cache in MB, its log, and its two ports.
serve() {
    name=$1
    cache=$2
    log=$3
    cat > "$work/$name.toml" <<TOML
database = "$city"
address = "127.0.0.1:$4"
internal_address = "off"
operations_address = "127.0.0.1:$5"
cache_mb = $cache
log_level = "$log"
TOML
    "$target/release/meguri" serve --config "$work/$name.toml" > "$work/$name.out" 2> "$work/$name.log" &
    last=$!
    running="$running $last"
}

answers() {
    tries=0
    until curl -sf -o "$work/answer" "$1"; do
        tries=$((tries + 1))
        if [ "$tries" -gt 1200 ]; then
            echo "no answer: $1" >&2
            exit 1
        fi
        sleep 0.1
    done
}

# Waits until the server at a port of operations has made its answers.
filled() {
    until curl -s "http://127.0.0.1:$1/metrics" > "$work/metrics" \
        && grep -q '^meguri_cache_fill_working.* 0$' "$work/metrics" \
        && ! grep -q '^meguri_cache_filled_total.* 0$' "$work/metrics"; do sleep 0.5; done
    grep '^meguri_cache_fill' "$work/metrics"
}

# One line of wrk: requests a second, p50, p99 (ms), failed, bytes an answer; then the load.
ask() {
    result=$(wrk -t 2 -c 64 -d "$2" -s "$here/sheets.lua" "http://127.0.0.1:$3" -- \
        "${7:-$work/ids}" "$4" "${5-/sheets/}" "" "${6:-}" | sed -n 's/^RESULT //p')
    [ -z "$1" ] || echo "$1 $result $(cut -d ' ' -f 1 /proc/loadavg)" | tee -a "$work/results"
}
: > "$work/results"

start=$(date +%s.%N)
serve fresh 0 info 18080 18090
fresh=$last
answers http://127.0.0.1:18080/
echo "start to first answer: $(echo "$(date +%s.%N) - $start" | bc) s," \
    "resident $(($(awk '/VmRSS/ { print $2 }' "/proc/$fresh/status") / 1024)) MB"
serve kept 256 info 18081 18091
answers http://127.0.0.1:18081/
# Right after the start: nearly nothing is there, and what is missing is being made beside it.
ask meguri-gzip-while-filling "$seconds" 18081 gzip
start=$(date +%s.%N)
filled 18091
echo "filled after further $(echo "$(date +%s.%N) - $start" | bc) s"
# Addresses of lists and of comparisons, from the pages themselves.
curl -s http://127.0.0.1:18080/sitemap.xml | grep -o '/[a-z]*/[^<]*/list' > "$work/lists"
awk 'NR % 50 == 1' "$work/ids" | while read -r id; do
    curl -s "http://127.0.0.1:18080/sheets/$id" | grep -o '/compare?[^"]*' | sed 's/&#38;/\&/g; s/&amp;/\&/g'
done > "$work/compared"
serve all 1024 info 18082 18092
for coding in gzip identity; do
    port=18083
    [ $coding = gzip ] || port=18084
    "$target/release/examples/bare" "$city" 127.0.0.1:$port $coding > "$work/bare-$coding.out" &
    running="$running $!"
done
"$work/datasette/bin/datasette" serve -i "$city" --port 18085 > "$work/datasette.out" 2>&1 &
running="$running $!"
first=$(head -n 1 "$work/ids")
for port in 18081 18082 18083 18084; do answers "http://127.0.0.1:$port/sheets/$first"; done
answers http://127.0.0.1:18085/

rows="/big/value?municipality=131016&_size=200&_nocount=1&_nofacet=1&_nosuggest=1&record="
json="/big/value.json?municipality=131016&_size=200&_nocount=1&_nofacet=1&_nosuggest=1&record="
# Every answer once, so that what is kept is kept.
filled 18092
ask "" 30 18082 identity /sheets/ each
echo "what requests/s p50_ms p99_ms failed bytes load"
round=0
while [ "$round" -lt "$rounds" ]; do
    round=$((round + 1))
    ask bare-gzip "$seconds" 18083 gzip
    ask meguri-gzip-all-kept "$seconds" 18082 gzip
    ask meguri-gzip-256-mb "$seconds" 18081 gzip
    ask meguri-gzip-none-kept "$seconds" 18080 gzip
    ask meguri-gzip-lists-kept "$seconds" 18081 gzip "" "" "$work/lists"
    ask meguri-gzip-lists-cold "$seconds" 18080 gzip "" "" "$work/lists"
    ask meguri-gzip-compare-cold "$seconds" 18080 gzip "" "" "$work/compared"
    ask bare-identity "$seconds" 18084 identity
    ask meguri-identity-all-kept "$seconds" 18082 identity
    ask meguri-identity-none-kept "$seconds" 18080 identity
    ask datasette-html "$seconds" 18085 gzip "$rows"
    ask datasette-json "$seconds" 18085 gzip "$json"
done
echo "mean of the rounds, and its part of the bare handler:"
awk '{ sum[$1] += $2; count[$1]++ }
    END {
        for (name in sum) {
            bare = name ~ /identity/ ? "bare-identity" : "bare-gzip"
            rate = sum[name] / count[name]
            printf "%s %.0f/s %.2f\n", name, rate, rate / (sum[bare] / count[bare])
        }
    }' "$work/results" | sort
curl -s http://127.0.0.1:18091/metrics | grep '^meguri_cache'
