import MetricModel

extension Host {
  /// The `events` line of `/proc/self/mountstats`, in its order.
  package enum MountstatsEvents {
    package static let inodeRevalidate = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_inode_revalidate_total",
      "Number of times cached inode attributes are re-validated from the server.", use: parity)
    package static let dnodeRevalidate = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_dnode_revalidate_total",
      "Number of times cached dentry nodes are re-validated from the server.", use: parity)
    package static let dataInvalidate = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_data_invalidate_total", "Number of times an inode cache is cleared.", use: parity)
    package static let attributeInvalidate = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_attribute_invalidate_total",
      "Number of times cached inode attributes are invalidated.", use: parity)
    package static let vfsOpen = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_vfs_open_total",
      "Number of times cached inode attributes are invalidated.", use: parity)
    package static let vfsLookup = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_vfs_lookup_total", "Number of times a directory lookup has occurred.", use: parity)
    package static let vfsAccess = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_vfs_access_total", "Number of times permissions have been checked.", use: parity)
    package static let vfsUpdatePage = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_vfs_update_page_total",
      "Number of updates (and potential writes) to pages.", use: parity)
    package static let vfsReadPage = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_vfs_read_page_total", "Number of pages read directly via mmap()'d files.", use: parity)
    package static let vfsReadPages = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_vfs_read_pages_total", "Number of times a group of pages have been read.", use: parity)
    package static let vfsWritePage = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_vfs_write_page_total",
      "Number of pages written directly via mmap()'d files.", use: parity)
    package static let vfsWritePages = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_vfs_write_pages_total",
      "Number of times a group of pages have been written.", use: parity)
    package static let vfsGetdents = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_vfs_getdents_total",
      "Number of times directory entries have been read with getdents().", use: parity)
    package static let vfsSetattr = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_vfs_setattr_total",
      "Number of times directory entries have been read with getdents().", use: parity)
    package static let vfsFlush = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_vfs_flush_total",
      "Number of pending writes that have been forcefully flushed to the server.", use: parity)
    package static let vfsFsync = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_vfs_fsync_total",
      "Number of times fsync() has been called on directories and files.", use: parity)
    package static let vfsLock = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_vfs_lock_total", "Number of times locking has been attempted on a file.", use: parity)
    package static let vfsFileRelease = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_vfs_file_release_total",
      "Number of times files have been closed and released.", use: parity)
    package static let truncation = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_truncation_total", "Number of times files have been truncated.", use: parity)
    package static let writeExtension = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_write_extension_total",
      "Number of times a file has been grown due to writes beyond its existing end.", use: parity)
    package static let sillyRename = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_silly_rename_total",
      "Number of times a file was removed while still open by another process.", use: parity)
    package static let shortRead = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_short_read_total",
      "Number of times the NFS server gave less data than expected while reading.", use: parity)
    package static let shortWrite = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_short_write_total",
      "Number of times the NFS server wrote less data than expected while writing.", use: parity)
    package static let jukeboxDelay = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_jukebox_delay_total",
      "Number of times the NFS server indicated EJUKEBOX; retrieving data from offline storage.", use: parity)
    package static let pnfsRead = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_pnfs_read_total", "Number of NFS v4.1+ pNFS reads.", use: parity)
    package static let pnfsWrite = Family<Counter, Mountstats.Mount>(
      "node_mountstats_nfs_event_pnfs_write_total", "Number of NFS v4.1+ pNFS writes.", use: parity)

    package static let all: [FamilyDescriptor] = [
      inodeRevalidate.descriptor, dnodeRevalidate.descriptor, dataInvalidate.descriptor,
      attributeInvalidate.descriptor, vfsOpen.descriptor, vfsLookup.descriptor, vfsAccess.descriptor,
      vfsUpdatePage.descriptor, vfsReadPage.descriptor, vfsReadPages.descriptor, vfsWritePage.descriptor,
      vfsWritePages.descriptor, vfsGetdents.descriptor, vfsSetattr.descriptor, vfsFlush.descriptor,
      vfsFsync.descriptor, vfsLock.descriptor, vfsFileRelease.descriptor, truncation.descriptor,
      writeExtension.descriptor, sillyRename.descriptor, shortRead.descriptor, shortWrite.descriptor,
      jukeboxDelay.descriptor, pnfsRead.descriptor, pnfsWrite.descriptor,
    ]
  }
}
