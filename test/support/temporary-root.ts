import { accessSync, constants, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** Bytes of memory that must be free before databases are put there. */
const roomInMemory = 1 << 30

/**
 * Where databases of tests go: into memory where there is room, because creating and removing their
 * files is ten to forty times slower on a disk.
 */
export function temporaryRoot(): string {
  return hasRoomInMemory() ? '/dev/shm' : tmpdir()
}

function hasRoomInMemory(): boolean {
  try {
    accessSync('/dev/shm', constants.W_OK)
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize > roomInMemory
  } catch {
    return false
  }
}
