import Logging
import Postgres
import TestSupport
import Testing

extension OnRealServers {
  @Suite("Statements on one connection")
  struct QueryTests {
    let connection: PostgresConnection

    init() async throws { connection = try await Fixture.make().connection() }

    private func roundTrip<T: PostgresEncodable & PostgresDecodable>(_ value: T, as type: String) async throws -> T {
      let statement = Statement("round_trip", "SELECT $1::\(type) AS value")
      let result = try await connection.query(statement, [value], deadline: .in(5))
      return try #require(result.first).decode("value")
    }

    @Test("Values come back as they went")
    func roundTrips() async throws {
      for number in [0, 1, -1, Int.max, .min] { #expect(try await roundTrip(number, as: "int8") == number) }
      #expect(try await roundTrip(Int32.min, as: "int4") == .min)
      #expect(try await roundTrip(Int16.max, as: "int2") == .max)
      #expect(try await roundTrip(true, as: "bool"))
      #expect(try await roundTrip(false, as: "bool") == false)
      for number in [0.1, -1e300, 1e-300, .infinity, -.infinity] {
        #expect(try await roundTrip(number, as: "float8") == number)
      }
      #expect(try await roundTrip(Double.nan, as: "float8").isNaN)
      for text in ["", "ñandú 🧉 €", "a'b\"c\\d\n\te", "NULL", String(repeating: "x", count: 4_000_000)] {
        #expect(try await roundTrip(text, as: "text") == text)
      }
      #expect(try await roundTrip("12345678901234567890.1200", as: "numeric") == "12345678901234567890.1200")
      #expect(try await roundTrip("6f1e0d3c-0000-4000-8000-0123456789ab", as: "uuid").hasPrefix("6f1e0d3c"))
      let bytes = Array(UInt8.min...UInt8.max)
      #expect(try await roundTrip(bytes, as: "bytea") == bytes)
      #expect(try await roundTrip([UInt8](), as: "bytea").isEmpty)
    }

    @Test("NULL is nil, and an error where nil has no place")
    func null() async throws {
      #expect(try await roundTrip(Int?.none, as: "int8") == nil)
      #expect(try await roundTrip(Int?.some(7), as: "int8") == 7)
      #expect(try await roundTrip(String?.none, as: "text") == nil)
      let row = try #require(try await connection.query(Statement("n", "SELECT NULL AS empty"), deadline: .in(5)).first)
      let error = try #require(try await failure { _ = try row.decode("empty", as: Int.self) })
      #expect(error.kind == .decoding)
      #expect(error.description.contains("'n'") && error.description.contains("'empty'"))
      #expect(error.description.contains("Int"))
    }

    @Test("Arrays come back as they went")
    func arrays() async throws {
      #expect(try await roundTrip([1, -2, Int64.max], as: "int8[]") == [1, -2, .max])
      #expect(try await roundTrip([Int64](), as: "int8[]").isEmpty)
      #expect(try await roundTrip([1.5, -.infinity], as: "float8[]") == [1.5, -.infinity])
      #expect(try await roundTrip([true, false], as: "bool[]") == [true, false])
      let texts = ["", "a,b", "{x}", "\"q\" \\ ñ", "NULL", " "]
      #expect(try await roundTrip(texts, as: "text[]") == texts)
      #expect(try await roundTrip([1, nil, 3] as [Int?], as: "int8[]") == [1, nil, 3])
      let any = Statement("any", "SELECT count(*) AS n FROM generate_series(1, 9) AS g WHERE g = ANY($1)")
      #expect(try await connection.query(any, [[2, 4, 40]], deadline: .in(5)).first?.decode("n") == 2)
    }

    @Test("Rows are a collection; columns go by name and by position")
    func rows() async throws {
      let statement = Statement("rows", "SELECT g AS \"Number\", g * 2 FROM generate_series(1, 3) AS g")
      let result = try await connection.query(statement, deadline: .in(5))
      #expect(result.count == 3 && result.affectedRows == 3)
      #expect(try result.map { try $0.decode("Number", as: Int.self) } == [1, 2, 3])
      #expect(try result.map { try $0.decode(1, as: Int.self) } == [2, 4, 6])
      let row = try #require(result.first)
      #expect(try await failure { _ = try row.decode("number", as: Int.self) }?.kind == .decoding)
      #expect(try await failure { _ = try row.decode(2, as: Int.self) }?.kind == .decoding)
      #expect(try await failure { _ = try row.decode(0, as: Bool.self) }?.column == "Number")
    }

    @Test("A statement is prepared once, at its first use, and a failed one is not remembered")
    func preparation() async throws {
      let prepared = Statement("prepared", "SELECT count(*)::int8 AS n FROM pg_prepared_statements")
      for _ in 1...3 {
        #expect(try await connection.query(prepared, deadline: .in(5)).first?.decode("n", as: Int.self) == 1)
      }
      let late = Statement("late", "SELECT * FROM late")
      let error = try await failure { _ = try await connection.query(late, deadline: .in(5)) }
      #expect(error?.sqlState == .undefinedTable && error?.statement == "late")
      // In a transaction, where a wrong memory could not be mended unnoticed.
      try await connection.execute(script: "BEGIN; CREATE TABLE late (a int)", deadline: .in(5))
      #expect(try await connection.query(late, deadline: .in(5)).columns == ["a"])
      try await connection.execute(script: "COMMIT", deadline: .in(5))
      // The plan is out of date now: prepared again without the caller's knowing.
      try await connection.execute(script: "ALTER TABLE late ADD b int; DEALLOCATE s1", deadline: .in(5))
      #expect(try await connection.query(late, deadline: .in(5)).columns == ["a", "b"])
      #expect(try await connection.query(prepared, deadline: .in(5)).count == 1)
    }

    @Test("The server's error says what and where, and leaves the connection usable")
    func serverErrors() async throws {
      try await connection.execute(
        script: """
          CREATE TABLE p (id int8 PRIMARY KEY, n int8 CONSTRAINT n_positive CHECK (n > 0), t text NOT NULL UNIQUE);
          INSERT INTO p VALUES (1, 1, 'a')
          """, deadline: .in(5))
      let insert = Statement("insert", "INSERT INTO p VALUES ($1, $2, $3)")
      let unique = try await failure { _ = try await connection.query(insert, [1, 1, "b"], deadline: .in(5)) }
      #expect(unique?.kind == .server && unique?.sqlState == .uniqueViolation && unique?.constraint == "p_pkey")
      #expect(unique?.table == "p" && unique?.detail?.contains("(id)=(1)") == true)
      let check = try await failure { _ = try await connection.query(insert, [2, 0, "b"], deadline: .in(5)) }
      #expect(check?.sqlState == .checkViolation && check?.constraint == "n_positive")
      let null = try await failure { _ = try await connection.query(insert, [2, 1, String?.none], deadline: .in(5)) }
      #expect(null?.sqlState == .notNullViolation && null?.column == "t")
      // The DETAIL quotes the row; the description must not.
      #expect(null?.description.contains("Failing row") == false)
      let syntax = try await failure { _ = try await connection.query(Statement("s", "SELEC 1"), deadline: .in(5)) }
      #expect(syntax?.sqlState == .syntaxError && syntax?.position == 1)
      #expect(connection.isUsable)
      #expect(try await connection.query(insert, [3, 1, "c"], deadline: .in(5)).affectedRows == 1)
    }

    @Test("What cannot be sent is refused before it is sent")
    func refusals() async throws {
      let error = try await failure { _ = try await roundTrip("a\0b", as: "text") }
      #expect(error?.kind == .encoding)
      #expect(connection.isUsable)
      let many = [Int](repeating: 1, count: 70_000)
      let other = try await Fixture.make().connection()
      let tooMany = try await failure { _ = try await other.query(.one, many, deadline: .in(5)) }
      #expect(tooMany?.kind == .misuse && tooMany?.description.contains("number of parameters") == true)
      let late = try await failure { _ = try await connection.query(.one, deadline: .in(-1)) }
      #expect(late?.kind == .timedOut && late?.mayHaveTakenEffect == false)
      async let slow = connection.query(.sleep, [0.2], deadline: .in(5))
      try await Task.sleep(for: .milliseconds(50))
      #expect(try await failure { _ = try await connection.query(.one, deadline: .in(5)) }?.kind == .misuse)
      #expect(try await slow.count == 1)
      let copy = try await failure { try await connection.execute(script: "COPY pg_class TO STDOUT", deadline: .in(5)) }
      #expect(copy?.description.contains("COPY") == true && !connection.isUsable)
    }

    @Test("Closing a connection ends the statement that runs on it")
    func closing() async throws {
      let connection = connection
      let slow = Task { try await failure { _ = try await connection.query(.sleep, [20], deadline: .in(30)) } }
      try await Task.sleep(for: .milliseconds(100))
      await connection.close()
      #expect(try await slow.value?.kind == .unavailable)
      #expect(try await failure { _ = try await connection.query(.one, deadline: .in(5)) }?.kind == .unavailable)
    }
  }
}
