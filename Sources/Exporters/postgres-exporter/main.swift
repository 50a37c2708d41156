import Glibc
import PostgresExporter

exit(await PostgresExporterProgram.run(CommandLine.arguments))
