-- One movement a request, spread over the products; over one product it is the hot one.
dofile(os.getenv("BENCH_LUA") .. "/requests.lua")

function init(arguments) read_arguments(arguments) end

function request() return post("/api/v1/stock/movement", movement()) end
