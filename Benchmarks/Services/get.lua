-- One product a request.
dofile(os.getenv("BENCH_LUA") .. "/requests.lua")

function init(arguments) read_arguments(arguments) end

function request() return get("/api/v1/productos/" .. product()) end
