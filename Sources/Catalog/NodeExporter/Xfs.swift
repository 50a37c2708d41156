import MetricModel

extension Host {
  /// `/sys/fs/xfs/DEVICE/stats/stats`, in the order of its lines.
  package enum Xfs {
    package static let extentAllocationExtentsAllocated = Family<Counter, Device>(
      "node_xfs_extent_allocation_extents_allocated_total",
      "Number of extents allocated for a filesystem.", use: parity)
    package static let extentAllocationBlocksAllocated = Family<Counter, Device>(
      "node_xfs_extent_allocation_blocks_allocated_total", "Number of blocks allocated for a filesystem.", use: parity)
    package static let extentAllocationExtentsFreed = Family<Counter, Device>(
      "node_xfs_extent_allocation_extents_freed_total", "Number of extents freed for a filesystem.", use: parity)
    package static let extentAllocationBlocksFreed = Family<Counter, Device>(
      "node_xfs_extent_allocation_blocks_freed_total", "Number of blocks freed for a filesystem.", use: parity)
    package static let allocationBtreeLookups = Family<Counter, Device>(
      "node_xfs_allocation_btree_lookups_total", "Number of allocation B-tree lookups for a filesystem.", use: parity)
    package static let allocationBtreeCompares = Family<Counter, Device>(
      "node_xfs_allocation_btree_compares_total", "Number of allocation B-tree compares for a filesystem.", use: parity)
    package static let allocationBtreeRecordsInserted = Family<Counter, Device>(
      "node_xfs_allocation_btree_records_inserted_total",
      "Number of allocation B-tree records inserted for a filesystem.", use: parity)
    package static let allocationBtreeRecordsDeleted = Family<Counter, Device>(
      "node_xfs_allocation_btree_records_deleted_total",
      "Number of allocation B-tree records deleted for a filesystem.", use: parity)
    package static let blockMappingReads = Family<Counter, Device>(
      "node_xfs_block_mapping_reads_total", "Number of block map for read operations for a filesystem.", use: parity)
    package static let blockMappingWrites = Family<Counter, Device>(
      "node_xfs_block_mapping_writes_total", "Number of block map for write operations for a filesystem.", use: parity)
    package static let blockMappingUnmaps = Family<Counter, Device>(
      "node_xfs_block_mapping_unmaps_total", "Number of block unmaps (deletes) for a filesystem.", use: parity)
    package static let blockMappingExtentListInsertions = Family<Counter, Device>(
      "node_xfs_block_mapping_extent_list_insertions_total",
      "Number of extent list insertions for a filesystem.", use: parity)
    package static let blockMappingExtentListDeletions = Family<Counter, Device>(
      "node_xfs_block_mapping_extent_list_deletions_total",
      "Number of extent list deletions for a filesystem.", use: parity)
    package static let blockMappingExtentListLookups = Family<Counter, Device>(
      "node_xfs_block_mapping_extent_list_lookups_total",
      "Number of extent list lookups for a filesystem.", use: parity)
    package static let blockMappingExtentListCompares = Family<Counter, Device>(
      "node_xfs_block_mapping_extent_list_compares_total",
      "Number of extent list compares for a filesystem.", use: parity)
    package static let blockMapBtreeLookups = Family<Counter, Device>(
      "node_xfs_block_map_btree_lookups_total", "Number of block map B-tree lookups for a filesystem.", use: parity)
    package static let blockMapBtreeCompares = Family<Counter, Device>(
      "node_xfs_block_map_btree_compares_total", "Number of block map B-tree compares for a filesystem.", use: parity)
    package static let blockMapBtreeRecordsInserted = Family<Counter, Device>(
      "node_xfs_block_map_btree_records_inserted_total",
      "Number of block map B-tree records inserted for a filesystem.", use: parity)
    package static let blockMapBtreeRecordsDeleted = Family<Counter, Device>(
      "node_xfs_block_map_btree_records_deleted_total",
      "Number of block map B-tree records deleted for a filesystem.", use: parity)
    package static let directoryOperationLookup = Family<Counter, Device>(
      "node_xfs_directory_operation_lookup_total",
      "Number of file name directory lookups which miss the operating systems directory name lookup cache.",
      use: parity)
    package static let directoryOperationCreate = Family<Counter, Device>(
      "node_xfs_directory_operation_create_total",
      "Number of times a new directory entry was created for a filesystem.", use: parity)
    package static let directoryOperationRemove = Family<Counter, Device>(
      "node_xfs_directory_operation_remove_total",
      "Number of times an existing directory entry was created for a filesystem.", use: parity)
    package static let directoryOperationGetdents = Family<Counter, Device>(
      "node_xfs_directory_operation_getdents_total",
      "Number of times the directory getdents operation was performed for a filesystem.", use: parity)
    package static let inodeOperationAttempts = Family<Counter, Device>(
      "node_xfs_inode_operation_attempts_total",
      "Number of times the OS looked for an XFS inode in the inode cache.", use: parity)
    package static let inodeOperationFound = Family<Counter, Device>(
      "node_xfs_inode_operation_found_total",
      "Number of times the OS looked for and found an XFS inode in the inode cache.", use: parity)
    package static let inodeOperationRecycled = Family<Counter, Device>(
      "node_xfs_inode_operation_recycled_total",
      "Number of times the OS found an XFS inode in the cache, but could not use it as it was being recycled.",
      use: parity)
    package static let inodeOperationMissed = Family<Counter, Device>(
      "node_xfs_inode_operation_missed_total",
      "Number of times the OS looked for an XFS inode in the cache, but did not find it.", use: parity)
    package static let inodeOperationDuplicates = Family<Counter, Device>(
      "node_xfs_inode_operation_duplicates_total",
      "Number of times the OS tried to add a missing XFS inode to the inode cache, but found it had already been "
        + "added by another process.", use: parity)
    package static let inodeOperationReclaims = Family<Counter, Device>(
      "node_xfs_inode_operation_reclaims_total",
      "Number of times the OS reclaimed an XFS inode from the inode cache to free memory for another purpose.",
      use: parity)
    package static let inodeOperationAttributeChanges = Family<Counter, Device>(
      "node_xfs_inode_operation_attribute_changes_total",
      "Number of times the OS explicitly changed the attributes of an XFS inode.", use: parity)
    package static let readCalls = Family<Counter, Device>(
      "node_xfs_read_calls_total", "Number of read(2) system calls made to files in a filesystem.", use: parity)
    package static let writeCalls = Family<Counter, Device>(
      "node_xfs_write_calls_total", "Number of write(2) system calls made to files in a filesystem.", use: parity)
    package static let vnodeActive = Family<Counter, Device>(
      "node_xfs_vnode_active_total", "Number of vnodes not on free lists for a filesystem.", use: parity)
    package static let vnodeAllocate = Family<Counter, Device>(
      "node_xfs_vnode_allocate_total", "Number of times vn_alloc called for a filesystem.", use: parity)
    package static let vnodeGet = Family<Counter, Device>(
      "node_xfs_vnode_get_total", "Number of times vn_get called for a filesystem.", use: parity)
    package static let vnodeHold = Family<Counter, Device>(
      "node_xfs_vnode_hold_total", "Number of times vn_hold called for a filesystem.", use: parity)
    package static let vnodeRelease = Family<Counter, Device>(
      "node_xfs_vnode_release_total", "Number of times vn_rele called for a filesystem.", use: parity)
    package static let vnodeReclaim = Family<Counter, Device>(
      "node_xfs_vnode_reclaim_total", "Number of times vn_reclaim called for a filesystem.", use: parity)
    package static let vnodeRemove = Family<Counter, Device>(
      "node_xfs_vnode_remove_total", "Number of times vn_remove called for a filesystem.", use: parity)

    package static let all: [FamilyDescriptor] = [
      extentAllocationExtentsAllocated.descriptor, extentAllocationBlocksAllocated.descriptor,
      extentAllocationExtentsFreed.descriptor, extentAllocationBlocksFreed.descriptor,
      allocationBtreeLookups.descriptor, allocationBtreeCompares.descriptor,
      allocationBtreeRecordsInserted.descriptor, allocationBtreeRecordsDeleted.descriptor,
      blockMappingReads.descriptor, blockMappingWrites.descriptor, blockMappingUnmaps.descriptor,
      blockMappingExtentListInsertions.descriptor, blockMappingExtentListDeletions.descriptor,
      blockMappingExtentListLookups.descriptor, blockMappingExtentListCompares.descriptor,
      blockMapBtreeLookups.descriptor, blockMapBtreeCompares.descriptor, blockMapBtreeRecordsInserted.descriptor,
      blockMapBtreeRecordsDeleted.descriptor, directoryOperationLookup.descriptor,
      directoryOperationCreate.descriptor, directoryOperationRemove.descriptor, directoryOperationGetdents.descriptor,
      inodeOperationAttempts.descriptor, inodeOperationFound.descriptor, inodeOperationRecycled.descriptor,
      inodeOperationMissed.descriptor, inodeOperationDuplicates.descriptor, inodeOperationReclaims.descriptor,
      inodeOperationAttributeChanges.descriptor, readCalls.descriptor, writeCalls.descriptor, vnodeActive.descriptor,
      vnodeAllocate.descriptor, vnodeGet.descriptor, vnodeHold.descriptor, vnodeRelease.descriptor,
      vnodeReclaim.descriptor, vnodeRemove.descriptor,
    ]
  }
}
