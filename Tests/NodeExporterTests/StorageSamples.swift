/// One small host with every kind of storage, in the formats of the kernel's documentation.
enum StorageSamples {
  static let collectors: Set = [
    "bcache", "bcachefs", "btrfs", "diskstats", "dmmultipath", "drbd", "fibrechannel", "infiniband", "mdadm",
    "mountstats", "nfs", "nfsd", "nvme", "tapestats", "xfs", "zfs",
  ]

  static let files: [String: String] = procfs.merging(sysfs) { first, _ in first }

  private static let procfs = [
    "proc/diskstats": """
       8       0 sda 1 2 3 4 5 6 7 8 9 10 11
       8      16 sdb 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17
     252       5 dm-5 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15

    """,
    "udev/b8:16": "S:disk/by-id/x\nE:ID_ATA=1\nE:ID_ATA_WRITE_CACHE=1\nE:ID_FS_TYPE=ext4\nE:DM_NAME=x\nG:y\n",
    "proc/mdstat": """
    Personalities : [raid1] [raid0]
    md1 : active raid1 sdb1[1](F) sda1[0](S)
          1000 blocks super 1.2 [2/1] [U_]
          [=>....]  recovery =  8.5% (340/1000) finish=17.0min speed=2K/sec

    md2 : active raid0 sdb1[1] sda1[0]
          5000 blocks super 1.2 512k chunks

    unused devices: <none>

    """,
    "proc/net/rpc/nfs": "net 9 4 5 2\nrpc 100 7 101\nproc2 3 1 2 3\nproc3 2 1 2\nproc4 2 3 4\n",
    "proc/net/rpc/nfsd": "rc 1 2 3\nth 8 0 0.0\nra 32 0 0 0 0 0 0 0 0 0 0 7\nproc4ops 3 1 2 3\nwdeleg_getattr 1\n",
    "proc/drbd":
      "version: 8.4.3 (api:1/proto:86-101)\n 0: cs:Connected ro:Primary/Secondary ds:UpToDate/UpToDate C\n ns:1 oos:2\n",
    "proc/self/mountstats": """
    device rootfs mounted on / with fstype rootfs
    device s:/a mounted on /mnt with fstype nfs4 statvers=1.1
    \tage:\t100
    \tevents:\t1 2 3 4 5
    \tbytes:\t1 2 3
    \txprt:\tudp 832 1 5 6 7
    \tper-op statistics
    \t        READ: 10 11 12 13 14 1500 1600 1700


    """,
    "proc/self/mountinfo": "1 0 0:1 / / rw - rootfs r rw\n2 1 0:4 / /x\\040y rw - btrfs s:/a rw,addr=10.0.0.9\n",
    "proc/spl/kstat/zfs/arcstats": "13 1 0x01 1 2\nname type data\nhits 4 17\nfree 3 -5\n",
    "proc/spl/kstat/zfs/tanque/io": "12 3\nnread nwritten reads\n1 2 3\n",
    "proc/spl/kstat/zfs/tanque/state": "ONLINE\n",
    "proc/spl/kstat/zfs/tanque/objset-1": "2 1\nname type data\ndataset_name 7 tanque/a b\nwrites 4 4\n",
  ]

  private static let sysfs = [
    "sys/block/md1/md/level": "raid1\n", "sys/block/md1/md/raid_disks": "2 (1)\n", "sys/block/md1/md/degraded": "1\n",
    "sys/block/dm-5/dm/uuid": "mpath-36\n", "sys/block/dm-5/dm/name": "mpatha\n", "sys/block/dm-5/size": "2048\n",
    "sys/block/dm-5/slaves/sda": "", "sys/block/sda/device/state": "running\n",
    "sys/block/sda/queue/rotational": "1\n",
    "sys/fs/xfs/sda1/stats/stats": "extent_alloc 1 2 3 4\nrw 3 4\nvnodes 1 2\n",
    "sys/fs/btrfs/11-22/label": "datos\n", "sys/fs/btrfs/11-22/metadata_uuid": "11-22\n",
    "sys/fs/btrfs/11-22/commit_stats": "commits 7\nlast_commit_ms 20\n",
    "sys/fs/btrfs/11-22/allocation/data/bytes_reserved": "5\n",
    "sys/fs/btrfs/11-22/allocation/data/raid5/total_bytes": "100\n",
    "sys/fs/btrfs/11-22/devices/sda/size": "8\n",
    "sys/fs/bcache/de-ad/average_key_size": "25\n", "sys/fs/bcache/de-ad/bdev0/dirty_data": "-1.5M\n",
    "sys/fs/bcache/de-ad/bdev0/writeback_rate_debug": "rate: 4.0k/sec\nintegral: -7.9k\nnext io: 17ms\n",
    "sys/fs/bcache/de-ad/cache0/priority_stats": "Unused: 90%\nMetadata: 6%\n",
    "sys/fs/bcachefs/ab-cd/compression_stats": "type compressed uncompressed\nlz4 1.5k 3.0k 100\n",
    "sys/fs/bcachefs/ab-cd/btree_write_stats": " nr size\ninitial: 33 100k\n",
    "sys/fs/bcachefs/ab-cd/counters/copy-gc": "since filesystem creation: 7\n",
    "sys/fs/bcachefs/ab-cd/dev-3/io_done": "read:\nsb : 5\n",
    "sys/fs/bcachefs/ab-cd/dev-3/io_errors": "IO errors since filesystem creation\n  read: 2\n",
    "sys/class/nvme/nvme0/model": "Disco\n", "sys/class/nvme/nvme0/nvme0c0n1/size": "8\n",
    "sys/class/nvme/nvme0/nvme0c0n1/queue/logical_block_size": "512\n",
    "sys/class/scsi_tape/st0/stats/io_ns": "25\n", "sys/class/fc_host/host0/port_id": "0x2\n",
    "sys/class/fc_host/host0/statistics/rx_frames": "0x1f\n",
    "sys/class/infiniband/mlx5_0/ports/1/state": "4: ACTIVE\n",
    "sys/class/infiniband/mlx5_0/ports/1/rate": "2.5 Gb/sec\n",
    "sys/class/infiniband/mlx5_0/ports/1/counters/port_rcv_data": "10\n",
    "sys/class/infiniband/mlx5_0/ports/1/hw_counters/lifespan": "25\n",
  ]
}
