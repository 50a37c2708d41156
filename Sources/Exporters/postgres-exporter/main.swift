import ExporterServer
import Glibc
import PostgresExporter

// Not exit(3): a helper thread of libpq may still be inside OpenSSL, whose exit handlers would pull it from under it.
// Nothing is buffered by then.
_exit(await ExporterProgram(PostgresExporterApplication()).run(CommandLine.arguments))
