import ExporterKit
import Postgres
import TestSupport
import Testing

@testable import PostgresExporter

/// Whoever may create objects in `public`, which up to PostgreSQL 14 is everybody, must not run code with the
/// exporter's rights: an operator or a function there that fits its arguments better than pg_catalog's would be taken.
@Suite("Objects of others in the search path")
struct SearchPathTests {
  /// Of the operands and arguments that others make operators and functions for.
  private static let types = """
    int2 int4 int8 float4 float8 numeric name text varchar interval timestamptz timestamp oid xid xid8 "char" bool \
    pg_lsn inet regclass
    """
  /// With three arguments the pairs of all would be too many.
  private static let fewerTypes = "int4 int8 name text varchar oid \"char\""
  private static let operators = "+ - * / % ^ < <= > >= = <> || ~~ !~~ ~"

  private struct Statements {
    let collectors: [any PostgresCollector]
    /// Of a server of 15, where every choice that flags leave is made.
    let all: [Statement]

    init() throws {
      let flags = try FlagValues(
        ["include_query", "exclude_databases=a,b", "exclude_users=c"].map { "--collector.stat_statements.\($0)" },
        flags: PostgresCollectors.flags, environment: [:])
      let facts = ServerFacts(
        version: 150_000, database: "d", extensions: ["pg_stat_statements": .init(schema: "ext", version: "1.10")])
      collectors = try PostgresCollectors.make(flags)
      let plain = StatStatementsCollector(options: .init()).statements(for: facts).map {
        Statement("stat_statements_plain", $0.sql)
      }
      all =
        collectors.flatMap { $0.statements(for: facts) } + plain + [ServerFacts.statement, ScrapedDatabases.statement]
    }

    /// What stands before a parenthesis: the functions, and some words of the language.
    var functions: Set<String> {
      Set(all.flatMap { $0.sql.matches(of: /([a-z_0-9]+)\(/).map { String($0.1) } })
    }
  }

  /// Each of them raises an error if it is called.
  private func traps(_ functions: Set<String>) -> String {
    """
    SET ROLE mallory;
    SET search_path TO pg_catalog;
    CREATE TEMP TABLE types AS
      SELECT t::regtype AS type, t = ANY(string_to_array('\(Self.fewerTypes)', ' ')) AS few
      FROM unnest(string_to_array('\(Self.types)', ' ')) AS t;
    CREATE FUNCTION pg_temp.trap(name text, arguments regtype[], result text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
      EXECUTE format(
        'CREATE FUNCTION public.%I(%s) RETURNS %s LANGUAGE plpgsql AS ''BEGIN RAISE ''''trapped''''; END''',
        name, array_to_string(arguments, ','), result);
    END $$;
    DO $$ DECLARE one record; BEGIN
      FOR one IN SELECT a.type AS a, b.type AS b FROM types AS a, types AS b LOOP
        PERFORM pg_temp.trap('trap_bool', ARRAY[one.a, one.b], 'bool');
        PERFORM pg_temp.trap('trap_same', ARRAY[one.a, one.b], one.a::text);
      END LOOP;
      FOR one IN
        SELECT a.type AS a, b.type AS b, o AS name
        FROM types AS a, types AS b, unnest(string_to_array('\(Self.operators)', ' ')) AS o
        WHERE NOT EXISTS (
          SELECT FROM pg_operator
          WHERE oprnamespace = 'pg_catalog'::regnamespace AND oprname = o AND oprleft = a.type AND oprright = b.type)
      LOOP
        EXECUTE format(
          'CREATE OPERATOR public.%s (FUNCTION = public.%s, LEFTARG = %s, RIGHTARG = %s)', one.name,
          CASE WHEN one.name ~ '[<>=~]' THEN 'trap_bool' ELSE 'trap_same' END, one.a, one.b);
      END LOOP;
      FOR one IN
        WITH called AS (
          SELECT DISTINCT proname::text AS name, pronargs AS number FROM pg_proc
          WHERE pronamespace = 'pg_catalog'::regnamespace
            AND proname = ANY('{\(functions.sorted().joined(separator: ","))}')
        )
        SELECT name, ARRAY[a.type] AS types FROM called, types AS a WHERE number = 1
        UNION ALL SELECT name, ARRAY[a.type, b.type] FROM called, types AS a, types AS b WHERE number = 2
        UNION ALL
        SELECT name, ARRAY[a.type, b.type, c.type] FROM called, types AS a, types AS b, types AS c
        WHERE number = 3 AND a.few AND b.few AND c.few
      LOOP
        CONTINUE WHEN EXISTS (
          SELECT FROM pg_proc
          WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = one.name
            AND proargtypes::oid[] = one.types::oid[]);
        PERFORM pg_temp.trap(one.name, one.types, 'text');
      END LOOP;
    END $$
    """
  }

  /// A server with the traps in the database `shop`, and in another schema the extension.
  private func server(_ functions: Set<String>) async throws -> PostgresServer {
    let server = try await PostgresServer.start(settings: ["shared_preload_libraries": "pg_stat_statements"])
    _ = try await server.createDatabase("shop")
    try await server.psql("CREATE ROLE mallory; CREATE ROLE u LOGIN PASSWORD 'x' IN ROLE pg_monitor")
    try await server.psql(
      """
      CREATE SCHEMA ext; GRANT USAGE ON SCHEMA ext TO u; CREATE EXTENSION pg_stat_statements SCHEMA ext;
      CREATE TABLE goods (n int PRIMARY KEY); GRANT CREATE ON SCHEMA public TO mallory
      """, database: "shop")
    try await server.psql(traps(functions), database: "shop")
    return server
  }

  @Test("no statement takes an operator or a function of theirs, and a scrape calls none")
  func traps() async throws {
    let statements = try Statements()
    let server = try await server(statements.functions)
    let count = try await server.psql(
      "SELECT count(*) FROM pg_operator WHERE oprnamespace = 'public'::regnamespace", database: "shop")
    #expect(Int(count) ?? 0 > 4_000)
    let canary = Statement("canary", "SELECT count(datid), xact_start - 1::text FROM pg_stat_activity")
    let taken = try await taken(by: statements.all + [canary], server)
    #expect(taken.filter { !$0.hasPrefix("canary: ") } == [])
    #expect(taken == ["canary: function count(oid)", "canary: operator -(timestamp with time zone,text)"])
    let page = try await CollectorScrape.defaults(
      of: server.url(user: "u", password: "x", database: "shop"),
      flags: ["--auto-discover-databases"] + statements.collectors.map { "--collector.\($0.name)" })
    let absent: Set = ["buffercache_summary", "stat_checkpointer", "stat_io"]
    for collector in statements.collectors where !absent.contains(collector.name) {
      #expect(page.success(of: collector.name) == 1, "\(collector.name)")
    }
    #expect(page.value("pg_exporter_last_scrape_error") == 0)
  }

  /// A statement depends on what the server has made of it, whether or not it has rows to call it for.
  private func taken(by statements: [Statement], _ server: PostgresServer) async throws -> [String] {
    let functions = statements.map { statement in
      """
      CREATE FUNCTION public."\(statement.name): "() RETURNS void LANGUAGE sql BEGIN ATOMIC
      \(statement.sql);
      END;
      """
    }
    let found = try await server.psql(
      functions.joined(separator: "\n") + """

        SET search_path TO pg_catalog;
        SELECT DISTINCT p.proname || replace(pg_describe_object(d.refclassid, d.refobjid, 0), 'public.', '') AS line
        FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
        WHERE p.proname LIKE '%: ' AND (
          d.refclassid = 'pg_operator'::regclass
          AND d.refobjid IN (SELECT oid FROM pg_operator WHERE oprnamespace = 'public'::regnamespace)
          OR d.refclassid = 'pg_proc'::regclass
          AND d.refobjid IN (SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace))
        ORDER BY line
        """, database: "shop")
    return found.split(separator: "\n").map(String.init).filter { $0.contains(": ") }
  }
}
