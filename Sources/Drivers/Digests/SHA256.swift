/// SHA-256, FIPS 180-4 §6.2. Ours, because no library that an exporter links offers one.
package struct SHA256: Sendable {
  private static let blockBytes = 64
  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (§4.2.2).
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]

  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private var pending: [UInt8] = []
  private var totalBytes = 0

  package init() {}

  /// The digest of a whole message, in small hexadecimal digits.
  package static func hexadecimal(of message: [UInt8]) -> String {
    var digest = SHA256()
    digest.update(message)
    return digest.finish().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  /// More of the message.
  package mutating func update(_ bytes: [UInt8]) {
    totalBytes &+= bytes.count
    pending += bytes
    var start = 0
    while pending.count - start >= Self.blockBytes {
      compress(pending[start..<(start + Self.blockBytes)])
      start += Self.blockBytes
    }
    pending.removeFirst(start)
  }

  /// The digest of 32 bytes; the last thing that is asked of it.
  package mutating func finish() -> [UInt8] {
    let bits = UInt64(truncatingIfNeeded: totalBytes) << 3
    let zeros = (Self.blockBytes * 2 - 9 - pending.count) % Self.blockBytes
    update([0x80] + [UInt8](repeating: 0, count: zeros) + withUnsafeBytes(of: bits.bigEndian, Array.init))
    return state.flatMap { word in withUnsafeBytes(of: word.bigEndian, Array.init) }
  }

  private mutating func compress(_ block: ArraySlice<UInt8>) {
    var schedule = [UInt32](repeating: 0, count: 64)
    for (index, byte) in block.enumerated() { schedule[index / 4] = schedule[index / 4] << 8 | UInt32(byte) }
    for t in 16..<64 {
      let (a, b) = (schedule[t - 15], schedule[t - 2])
      let first = Self.rotated(a, 7) ^ Self.rotated(a, 18) ^ (a >> 3)
      let second = Self.rotated(b, 17) ^ Self.rotated(b, 19) ^ (b >> 10)
      schedule[t] = schedule[t - 16] &+ first &+ schedule[t - 7] &+ second
    }
    var w = state
    for t in 0..<64 {
      let sum1 = Self.rotated(w[4], 6) ^ Self.rotated(w[4], 11) ^ Self.rotated(w[4], 25)
      let choice = (w[4] & w[5]) ^ (~w[4] & w[6])
      let first = w[7] &+ sum1 &+ choice &+ Self.constants[t] &+ schedule[t]
      let sum0 = Self.rotated(w[0], 2) ^ Self.rotated(w[0], 13) ^ Self.rotated(w[0], 22)
      let majority = (w[0] & w[1]) ^ (w[0] & w[2]) ^ (w[1] & w[2])
      w = [first &+ sum0 &+ majority, w[0], w[1], w[2], w[3] &+ first, w[4], w[5], w[6]]
    }
    for index in state.indices { state[index] &+= w[index] }
  }

  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }
}
