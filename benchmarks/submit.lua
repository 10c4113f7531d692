-- What wrk sends: the body of a file, each time under a new key; and what it tells at the end, as JSON.

local count, body = 0, ""
local letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

function init(arguments)
  local file = assert(io.open(arguments[1], "r"))
  body = file:read("*a")
  file:close()
  math.randomseed(tonumber(arguments[2]))
  wrk.headers["Content-Type"] = "application/json"
end

function request()
  count = count + 1
  local key = {}
  for place = 1, 24 do
    local which = math.random(#letters)
    key[place] = letters:sub(which, which)
  end
  wrk.headers["Idempotency-Key"] = table.concat(key) .. string.format("-%07d", count)
  return wrk.format("POST", nil, nil, body)
end

function done(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('\n{"requests": %d, "microseconds": %d, "failed": %d, "p50_us": %d, "p99_us": %d}\n',
    summary.requests, summary.duration, failed, latency:percentile(50), latency:percentile(99)))
end
