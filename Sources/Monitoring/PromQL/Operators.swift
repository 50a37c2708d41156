// PromQL's operators where Swift's precedence equals PromQL's. A comparison filters: it keeps the series for which it
// holds. `^` binds looser in Swift than in PromQL and is not here; `and`, `or` and `unless` are methods.

package func * (a: some Vector, b: some Vector) -> InstantVector { .combine(.multiply, a, b) }
package func * (a: some Vector, b: Matched) -> InstantVector { .combine(.multiply, a, b.vector, b.matching) }
package func * (a: some Vector, b: Scalar) -> InstantVector { .combine(.multiply, a, b) }
package func * (a: Scalar, b: some Vector) -> InstantVector { .combine(.multiply, a, b) }

package func / (a: some Vector, b: some Vector) -> InstantVector { .combine(.divide, a, b) }
package func / (a: some Vector, b: Matched) -> InstantVector { .combine(.divide, a, b.vector, b.matching) }
package func / (a: some Vector, b: Scalar) -> InstantVector { .combine(.divide, a, b) }
package func / (a: Scalar, b: some Vector) -> InstantVector { .combine(.divide, a, b) }

package func % (a: some Vector, b: some Vector) -> InstantVector { .combine(.modulo, a, b) }
package func % (a: some Vector, b: Matched) -> InstantVector { .combine(.modulo, a, b.vector, b.matching) }
package func % (a: some Vector, b: Scalar) -> InstantVector { .combine(.modulo, a, b) }
package func % (a: Scalar, b: some Vector) -> InstantVector { .combine(.modulo, a, b) }

package func + (a: some Vector, b: some Vector) -> InstantVector { .combine(.add, a, b) }
package func + (a: some Vector, b: Matched) -> InstantVector { .combine(.add, a, b.vector, b.matching) }
package func + (a: some Vector, b: Scalar) -> InstantVector { .combine(.add, a, b) }
package func + (a: Scalar, b: some Vector) -> InstantVector { .combine(.add, a, b) }

package func - (a: some Vector, b: some Vector) -> InstantVector { .combine(.subtract, a, b) }
package func - (a: some Vector, b: Matched) -> InstantVector { .combine(.subtract, a, b.vector, b.matching) }
package func - (a: some Vector, b: Scalar) -> InstantVector { .combine(.subtract, a, b) }
package func - (a: Scalar, b: some Vector) -> InstantVector { .combine(.subtract, a, b) }

package func == (a: some Vector, b: some Vector) -> InstantVector { .combine(.equal, a, b) }
package func == (a: some Vector, b: Matched) -> InstantVector { .combine(.equal, a, b.vector, b.matching) }
package func == (a: some Vector, b: Scalar) -> InstantVector { .combine(.equal, a, b) }

package func != (a: some Vector, b: some Vector) -> InstantVector { .combine(.unequal, a, b) }
package func != (a: some Vector, b: Matched) -> InstantVector { .combine(.unequal, a, b.vector, b.matching) }
package func != (a: some Vector, b: Scalar) -> InstantVector { .combine(.unequal, a, b) }

package func > (a: some Vector, b: some Vector) -> InstantVector { .combine(.greater, a, b) }
package func > (a: some Vector, b: Matched) -> InstantVector { .combine(.greater, a, b.vector, b.matching) }
package func > (a: some Vector, b: Scalar) -> InstantVector { .combine(.greater, a, b) }

package func < (a: some Vector, b: some Vector) -> InstantVector { .combine(.less, a, b) }
package func < (a: some Vector, b: Matched) -> InstantVector { .combine(.less, a, b.vector, b.matching) }
package func < (a: some Vector, b: Scalar) -> InstantVector { .combine(.less, a, b) }

package func >= (a: some Vector, b: some Vector) -> InstantVector { .combine(.greaterOrEqual, a, b) }
package func >= (a: some Vector, b: Matched) -> InstantVector { .combine(.greaterOrEqual, a, b.vector, b.matching) }
package func >= (a: some Vector, b: Scalar) -> InstantVector { .combine(.greaterOrEqual, a, b) }

package func <= (a: some Vector, b: some Vector) -> InstantVector { .combine(.lessOrEqual, a, b) }
package func <= (a: some Vector, b: Matched) -> InstantVector { .combine(.lessOrEqual, a, b.vector, b.matching) }
package func <= (a: some Vector, b: Scalar) -> InstantVector { .combine(.lessOrEqual, a, b) }
