import { unwritable } from './unwritable.ts'
import { replaceWhole } from './whole-file.ts'

/** Puts another text in the place of a file's: whole, or not at all. The file keeps its rights. */
export function replaceFile(path: string, text: string): void {
  try {
    replaceWhole(path, text)
  } catch (error) {
    throw unwritable(path, error)
  }
}
