import Deposito
import FoundationEssentials
import Glibc

exit(
  await DepositoCommand.run(
    arguments: Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment))
