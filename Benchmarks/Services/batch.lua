-- A hundred movements a request, all or nothing.
dofile(os.getenv("BENCH_LUA") .. "/requests.lua")

local size = 100

function init(arguments) read_arguments(arguments) end

function request()
  local movements = {}
  for place = 1, size do movements[place] = movement() end
  return post("/api/v1/stock/movements/batch", '{"movimientos":[' .. table.concat(movements, ",") .. "]}")
end
