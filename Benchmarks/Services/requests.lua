-- What all loads share: the request's text, keys that nobody used before, and the figures at the end.
-- wrk's own wrk.format is slow, and the client shares its cores with the server: requests are put together by hand.
-- The arguments after wrk's `--`: a word that no other run has, the first product, how many products, and for a paced
-- run the requests a second of the whole run.

local host = wrk.host .. ":" .. wrk.port
local token = os.getenv("BENCH_TOKEN")
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function read_arguments(arguments)
  run, first, count, rate = arguments[1], tonumber(arguments[2]), tonumber(arguments[3]), tonumber(arguments[4])
  sent = 0
  math.randomseed(number * 7919 + #run)
end

function product() return first + math.random(0, count - 1) end

function get(path)
  return "GET " .. path .. " HTTP/1.1\r\nHost: " .. host .. "\r\nAuthorization: Bearer " .. token .. "\r\n\r\n"
end

-- Every call is another operation: its key is the run's, the thread's and a number.
function post(path, body)
  sent = sent + 1
  return "POST " .. path .. " HTTP/1.1\r\nHost: " .. host .. "\r\nAuthorization: Bearer " .. token
    .. "\r\nContent-Type: application/json\r\nIdempotency-Key: " .. run .. "-" .. number .. "-" .. sent
    .. "\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

function movement()
  return '{"producto_id":' .. product() .. ',"tipo_movimiento":"ENTRADA","cantidad":1,"motivo":"carga"}'
end

-- One line: requests, microseconds, errors of the connection, answers that are errors, p50 and p99 in microseconds.
function done(summary, latency)
  local errors = summary.errors
  print(string.format("figures\t%d\t%d\t%d\t%d\t%d\t%d", summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.timeout, errors.status,
    latency:percentile(50), latency:percentile(99)))
end
