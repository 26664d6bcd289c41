import { unreadLogging } from './logging.ts'
import type { IniFile, IniValues } from './parse.ts'

/** Keys of Alembic that nothing here answers to, and why. */
export const keysWithoutCounterpart: Readonly<Record<string, string>> = {
  output_encoding: 'Revision files and `--sql` are UTF-8.',
  prepend_sys_path:
    'Modules are found as Node finds them: relative paths, packages, `paths` of a tsconfig.json.',
  sourceless: 'A revision is its own source; there are no compiled files beside it.',
}

/** What else of SQLAlchemy's engine a section configures. */
const isOfEngine = (key: string): boolean => key.startsWith('sqlalchemy.') && key !== urlKey

/** The key of the database's URL. */
export const urlKey = 'sqlalchemy.url'

/** Everything in the file that is not read, in one sentence; undefined where there is nothing. */
export function warningAbout(
  path: string,
  file: IniFile,
  values: IniValues,
  hooks: readonly string[],
): string | undefined {
  const keys = [...values.keys()].filter(
    key => Object.hasOwn(keysWithoutCounterpart, key) || isOfEngine(key),
  )
  const unread = [...keys, ...hooks, ...unreadLogging(file)]
  if (unread.length === 0) return undefined
  return `${path}: not read, since limbeck has no counterpart: ${unread.join(', ')}. docs/guide/coming-from-alembic.md says what is there instead.`
}
