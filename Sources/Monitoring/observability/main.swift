import CLI

await Observability.start()
