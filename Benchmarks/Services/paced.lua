-- One movement a request at a given rate, whatever the answers take: an open loop, as long as a connection is free when
-- a request is due. How late requests are sent is measured too, since wrk counts from the sending.
dofile(os.getenv("BENCH_LUA") .. "/requests.lua")

local ffi = require("ffi")
ffi.cdef("typedef struct { long seconds, nanoseconds; } bench_time; int clock_gettime(int clock, bench_time *time);")
local monotonic, time = 1, ffi.new("bench_time")
local all = {}

local function now()
  ffi.C.clock_gettime(monotonic, time)
  return tonumber(time.seconds) * 1000 + tonumber(time.nanoseconds) / 1000000
end

local count_threads = setup
function setup(thread)
  count_threads(thread)
  all[#all + 1] = thread
end

function init(arguments)
  read_arguments(arguments)
  due, head, tail, slots, late = now(), 1, 0, {}, {}
end

-- Times between requests as of clients that know nothing of each other (exponential, the mean is 1 / rate).
function delay()
  due = due - math.log(1 - math.random()) * 1000 / rate
  tail = tail + 1
  slots[tail] = due
  return math.max(0, math.floor(due - now() + 0.5))
end

function request()
  local slot = slots[head]
  if slot then
    slots[head] = nil
    head = head + 1
    local milliseconds = math.max(0, math.floor(now() - slot + 0.5))
    late[milliseconds] = (late[milliseconds] or 0) + 1
  end
  return post("/api/v1/stock/movement", movement())
end

-- p99 of the lateness, in microseconds, after the other figures.
function lateness()
  local counts, total, largest = {}, 0, 0
  for _, thread in ipairs(all) do
    for milliseconds, requests in pairs(thread:get("late")) do
      counts[milliseconds] = (counts[milliseconds] or 0) + requests
      total, largest = total + requests, math.max(largest, milliseconds)
    end
  end
  local below = 0
  for milliseconds = 0, largest do
    below = below + (counts[milliseconds] or 0)
    if below >= total * 0.99 then return milliseconds * 1000 end
  end
  return 0
end

local print_figures = done
function done(summary, latency)
  print_figures(summary, latency)
  print(string.format("late\t%d", lateness()))
end
