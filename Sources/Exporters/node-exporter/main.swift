import ExporterServer
import Glibc
import NodeExporter

// Not exit(3): a thread that hangs in the kernel would be waited for. Nothing is buffered by then.
_exit(await ExporterProgram(NodeExporterApplication()).run(CommandLine.arguments))
