import CLI

Observability.start()
