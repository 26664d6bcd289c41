import { isAbsolute, relative } from 'node:path'

/** A path as a person at this folder would type it. */
export function shownPath(path: string, cwd: string): string {
  const near = relative(cwd, path)
  if (near === '') return '.'
  return near.startsWith('..') || isAbsolute(near) ? path : near
}
