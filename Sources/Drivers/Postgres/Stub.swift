// opened with its first file
