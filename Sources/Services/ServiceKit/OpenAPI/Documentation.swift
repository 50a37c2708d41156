import Catalog
import Hummingbird
import JSON
import Logging

/// `/openapi.json` and `/docs`: Swagger UI over the document. Paths are relative, so that the page works behind a
/// prefix. The assets are installed beside the service and served from there.
enum Documentation {
  private static let assetNames = [
    "swagger-ui.css": "text/css; charset=utf-8",
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  ]

  static func routes(title: String, assetsDirectory: String?, document: JSONValue) -> [Route] {
    let encoded = JSONCoding.encode(document)
    let json = Operation.Answer(.ok, "El documento OpenAPI 3.1.", schema: "object")
    let html = Operation.Answer(.ok, "Swagger UI.", schema: "string", mediaTypes: ["text/html"])
    let missing = Operation.Answer.problem(.notFound, "No existe ese archivo, o Swagger UI no está instalado.")
    return [
      Route(.get, "/openapi.json", access: .open, Operation("Este documento", [json])) { _, _ in
        Response(
          status: .ok, headers: [.contentType: "application/json; charset=utf-8"], body: .init(byteBuffer: encoded))
      },
      Route(.get, "/docs", access: .open, Operation("Documentación interactiva", [html, missing])) { _, _ in
        guard assetsDirectory != nil else { throw Self.notInstalled }
        return Response(
          status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
          body: .init(byteBuffer: ByteBuffer(string: page(title: title))))
      },
      Route(
        .get, "/docs/{archivo}", access: .open,
        Operation(
          "Archivos de la documentación", parameters: [.init("archivo", in: .path, "string", "Nombre del archivo")],
          [Operation.Answer(.ok, "El archivo.", schema: "string", mediaTypes: ["text/plain"]), missing])
      ) { _, context in
        try await asset(context, in: assetsDirectory)
      },
    ]
  }

  private static let notInstalled = Problem(
    .notFound, code: "documentacion_no_instalada",
    "Los archivos de Swagger UI no están instalados (ASSETS_DIRECTORY); el documento está en openapi.json.")

  private static func asset(_ context: ServiceContext, in directory: String?) async throws -> Response {
    guard let directory else { throw notInstalled }
    guard let name = context.pathParameter("archivo"), let type = assetNames[name] else {
      throw Problem.notFound("ese archivo")
    }
    do {
      let body = try await FileIO().loadFile(path: "\(directory)/\(name)", context: context)
      return Response(status: .ok, headers: [.contentType: type, .cacheControl: "max-age=86400"], body: body)
    } catch {
      context.logger.warning("an asset could not be read", metadata: ["file": "\(name)", "error": "\(error)"])
      throw notInstalled
    }
  }

  private static func page(title: String) -> String {
    """
    <!doctype html>
    <html lang="es">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(title)</title>
    <link rel="stylesheet" href="docs/swagger-ui.css">
    </head>
    <body>
    <div id="ui"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script>SwaggerUIBundle({ url: "openapi.json", dom_id: "#ui", deepLinking: true })</script>
    </body>
    </html>

    """
  }
}
