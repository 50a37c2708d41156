import CSystemd

/// The sockets that a service manager listened on before this process began (sd_listen_fds(3)), as `systemd.socket(5)`
/// and systemd-socket-activate(1) hand them over.
public enum SocketActivation {
  /// Listening stream sockets; each is the caller's to close. Other kinds are left out. To be called once: what says
  /// where they are is taken from the environment, so that no child looks for them.
  public static func takeListeners() -> [CInt] {
    let count = max(0, sd_listen_fds(1))
    return (0..<count).map { SD_LISTEN_FDS_START + $0 }.filter { sd_is_socket($0, 0, streamType, 1) > 0 }
  }

  private static let streamType: CInt = 1
}
