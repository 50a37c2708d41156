import ExporterServer
import Glibc
import RedisExporter

exit(await ExporterProgram(RedisExporterApplication()).run(CommandLine.arguments))
