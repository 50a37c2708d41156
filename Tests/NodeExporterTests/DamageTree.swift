/// A whole tree for every collector that reads procfs, to be damaged.
enum DamageTree {
  /// Of those that it feeds.
  static let collectors: Set<String> = [
    "arp", "buddyinfo", "cgroups", "conntrack", "cpu", "entropy", "filefd", "interrupts", "kernel_hung", "ksmd",
    "lnstat", "loadavg", "meminfo", "meminfo_numa", "netdev", "netstat", "os", "pressure", "processes", "schedstat",
    "selinux", "slabinfo", "sockstat", "softirqs", "softnet", "stat", "swap", "sysctl", "time", "udp_queues", "vmstat",
    "xfrm", "zoneinfo",
  ]

  static let arguments = [
    "--no-collector.arp.netlink", "--no-collector.netdev.netlink", "--collector.netdev.label-ifalias",
    "--collector.cpu.info.flags-include=a", "--collector.cpu.info.bugs-include=.", "--collector.stat.softirq",
    "--collector.vmstat.fields=.", "--collector.netstat.fields=.", "--collector.sysctl.include=fs.file-nr:a,b,c",
    "--collector.sysctl.include=kernel.threads-max", "--collector.sysctl.include-info=kernel.words",
  ]

  static func flagName(_ argument: String) -> String {
    let name = argument.dropFirst(argument.hasPrefix("--no-") ? 5 : 2)
    return String(name.prefix { $0 != "=" })
  }

  static let files: [String: String] = kernel.merging(network) { first, _ in first }.merging(devices) { first, _ in
    first
  }

  private static let kernel = [
    "proc/loadavg": "0.21 0.37 0.39 1/719 19737\n",
    "proc/stat": """
    cpu  301854 612 111922 8979004 3552 2 3944 0 44 36
    cpu0 44490 19 21045 1087069 220 1 3410 0 2 1
    cpu1 47869 23 16474 1110787 591 0 46 0 3 2
    intr 8885917 17 0 0
    ctxt 38014093
    btime 1418183276
    processes 26442
    procs_running 2
    procs_blocked 1
    softirq 5057579 250191 1481983 1647 211099 186066 0 1783454 622196 12499 508444

    """,
    "proc/meminfo": "MemTotal: 16042172 kB\nActive(anon): 2068484 kB\nHugePages_Total: 3\n",
    "proc/vmstat": "nr_free_pages 977769\npgpgin 7344136\noom_kill 0\n",
    "proc/buddyinfo": "Node 0, zone  DMA  1  0  1\nNode 0, zone  Normal  4381  1093\n",
    "proc/zoneinfo":
      "Node 0, zone  DMA\n  per-node stats\n    nr_inactive_anon 95612\n  pages free 2949\n    min 8\n    protection: (0, 2039)\n",
    "proc/cgroups": "#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t3\t172\t1\n",
    "proc/interrupts": "     CPU0  CPU1\n 0:  18  0  IO-APIC  2-edge  timer\nNMI:  47  5031  Non-maskable interrupts\n",
    "proc/softirqs": "     CPU0  CPU1\n  HI:  7  1\n  TIMER:  424191  108342\n",
    "proc/schedstat": "version 15\ncpu0 1 0 3 4 5 6 2045936778163039 343796328169361 4767485306\ndomain0 1 2\n",
    "proc/swaps": "Filename Type Size Used Priority\n/dev/zram0 partition 8388604 76 -2\n",
    "proc/slabinfo": "slabinfo - version: 2.1\n# name\ntcp 704 864 256 32 2 : tunables 0 0 0 : slabdata 27 27 0\n",
    "proc/cpuinfo": "processor\t: 0\nvendor_id\t: Acme\ncpu MHz\t\t: 799.998\nflags\t\t: aes avx\nbugs\t\t: mds\n",
    "proc/1/stat": "1 (init (x)) S 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 1 0 21\n",
    "proc/7/stat": "7 (b) D 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 2 0 21\n",
    "proc/7/task/8/stat": "8 (b) R 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 2 0 21\n",
    "proc/sys/kernel/threads-max": "7801\n", "proc/sys/kernel/pid_max": "32768\n",
    "proc/sys/kernel/words": "kill trap\n", "proc/sys/fs/file-nr": "1024\t0\t1631329\n",
    "proc/sys/kernel/hung_task_detect_count": "42\n", "proc/sys/kernel/random/entropy_avail": "1337\n",
    "proc/sys/kernel/random/poolsize": "4096\n",
    "proc/pressure/cpu": "some avg10=0.00 avg60=0.00 avg300=0.00 total=14036781\n",
    "proc/pressure/irq": "full avg10=0.00 avg60=0.00 avg300=0.00 total=8494\n",
    "proc/pressure/io": "some avg10=0.1 total=159886802\nfull avg10=0.18 total=159229614\n",
  ]

  private static let network = [
    "proc/net/arp": "IP address HW type Flags HW address Mask Device\n192.168.1.1 0x1 0x2 cc:aa:dd:ee:aa:bb * eth0\n",
    "proc/net/dev": "Inter-| Receive\n face |bytes\n eth0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n",
    "proc/net/netstat": "TcpExt: SyncookiesSent SyncookiesRecv\nTcpExt: 0 5\nIpExt: InOctets\nIpExt: 6286396970\n",
    "proc/net/snmp": "Ip: Forwarding DefaultTTL\nIp: 1 64\nTcp: MaxConn InErrs\nTcp: -1 5\n",
    "proc/net/snmp6": "Ip6InReceives  7\nIcmp6InMsgs  0\n",
    "proc/net/sockstat": "sockets: used 229\nTCP: inuse 4 orphan 0 tw 4 alloc 17 mem 1\n",
    "proc/net/sockstat6": "TCP6: inuse 17\n",
    "proc/net/softnet_stat": "00049279 00000000 00000001 0 0 0 0 0 0 0 0 00000002 00000001\n",
    "proc/net/udp":
      "  sl  local_address rem_address   st queues\n   0: 00000000:0016 00000000:0000 0A 00000015:00000000 0\n",
    "proc/net/udp6": "  sl  local_address rem_address   st queues\n",
    "proc/net/xfrm_stat": "XfrmInError  1\nXfrmInBufferError  2\n",
    "proc/net/stat/arp_cache": "entries  allocs\n00000014  00000001\n00000014  0000000d\n",
    "proc/net/stat/nf_conntrack": "entries searched\n21 0 0 0 3 588a 0 0 0 0 0 0 0 0 0 0 1\n",
    "proc/sys/net/netfilter/nf_conntrack_count": "123\n", "proc/sys/net/netfilter/nf_conntrack_max": "65536\n",
    "sys/class/net/eth0/ifalias": "salida\n",
  ]

  private static let devices: [String: String] = {
    var files = [
      "root/etc/os-release": "NAME=\"A \\\"b\\\"\"\nID=a\nVERSION_ID='20.04'\nSUPPORT_END=2029-04-30\n",
      "root/etc/selinux/config": "SELINUX=enforcing\n", "sys/fs/selinux/enforce": "1",
      "sys/devices/system/clocksource/clocksource0/available_clocksource": "tsc hpet \n",
      "sys/devices/system/clocksource/clocksource0/current_clocksource": "tsc\n",
      "sys/devices/system/cpu/isolated": "1,3-5\n", "sys/devices/system/cpu/cpu0/online": "1\n",
      "sys/devices/system/cpu/cpu0/topology/physical_package_id": "0\n",
      "sys/devices/system/cpu/cpu0/topology/core_id": "0\n",
      "sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count": "5\n",
      "sys/devices/system/cpu/cpu0/thermal_throttle/package_throttle_count": "30\n",
      "sys/devices/system/node/node0/meminfo": "Node 0 MemTotal: 4 kB\nNode 0 Active(file): 2 kB\n",
      "sys/devices/system/node/node0/numastat": "numa_hit 193460335812\n",
    ]
    let merging = [
      "full_scans", "merge_across_nodes", "pages_shared", "pages_sharing", "pages_to_scan", "pages_unshared",
      "pages_volatile", "run", "sleep_millisecs",
    ]
    for name in merging { files["sys/kernel/mm/ksm/\(name)"] = "323\n" }
    return files
  }()
}
