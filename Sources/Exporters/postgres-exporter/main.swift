// opened
