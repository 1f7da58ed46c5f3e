-- wrk: sheets by chance. Arguments: a file with their ids, the coding, what stands before and behind
-- the id in an address, "each" for all of them in turn. Prints one line: requests a second, p50 and p99 in ms, failed requests,
-- bytes of an answer.

local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("seed", threads)
end

function init(args)
  math.randomseed(seed * 7919)
  ids = {}
  for id in io.lines(args[1]) do
    ids[#ids + 1] = id
  end
  wrk.headers["Accept-Encoding"] = args[2]
  before = args[3] or "/sheets/"
  behind = args[4] or ""
  each = args[5] == "each"
  turn = seed
end

function request()
  -- Two threads, each with every second one.
  turn = turn + 2
  local place = each and (turn % #ids + 1) or math.random(#ids)
  return wrk.format("GET", before .. ids[place] .. behind)
end

function done(summary, latency)
  local seconds = summary.duration / 1e6
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("RESULT %.0f %.2f %.2f %d %.0f\n", summary.requests / seconds,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, failed,
    summary.bytes / summary.requests))
end
