import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, resolve } from 'node:path'

/** What the name of a program may leave out. */
const endings = process.platform === 'win32' ? ['', '.exe', '.cmd', '.bat'] : ['']

/** Whether a word is the path of a program, and not a name to look for. */
export const isPath = (program: string): boolean => /[/\\]/.test(program)

/** The program of that name in the first folder that has it; a path starts from there. */
export function findProgram(name: string, folders: readonly string[]): string | undefined {
  return folders
    .flatMap(folder => endings.map(ending => resolve(folder, name + ending)))
    .find(isProgram)
}

/** Where a shell looks for programs. */
export const searchPath = ({ PATH, Path }: NodeJS.ProcessEnv): string[] =>
  (PATH ?? Path ?? '').split(delimiter).filter(folder => folder !== '')

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
