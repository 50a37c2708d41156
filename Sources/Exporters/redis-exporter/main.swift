import ExporterServer
import Glibc
import NIOCore
import RedisExporter

// One connection needs one event loop; each has its thread and its memory.
NIOSingletons.groupLoopCountSuggestion = 1
exit(await ExporterProgram(RedisExporterApplication()).run(CommandLine.arguments))
