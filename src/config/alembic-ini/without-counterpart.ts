import { unreadLogging } from './logging.ts'
import type { IniFile, IniValues } from './parse.ts'

/** The key of the database's URL. */
export const urlKey = 'sqlalchemy.url'

/** What nothing here answers to, and what there is instead. */
export const keysWithoutCounterpart: Readonly<Record<string, string>> = {
  output_encoding: 'Revision files and the SQL of `--sql` are UTF-8.',
  prepend_sys_path:
    'Modules are found as Node finds them: by relative paths, packages, and the `paths` of a tsconfig.json.',
  sourceless: 'A revision is its own source; there are no compiled files beside it.',
  'sqlalchemy.*':
    'One session is opened and no pool. What the server takes goes into the URL (`?connect_timeout=5`), SQL is shown by `log.sql`; `sqlalchemy.url` is read.',
  'NAME.type = console_scripts, module':
    'A hook is a program (`type = exec`), or a function in a `limbeck.config.ts`.',
  '[handlers], [formatters] and the like':
    "Lines go to stderr; `log.format: 'json'` in a `limbeck.config.ts` gives JSON.",
}

const isUnread = (key: string): boolean =>
  Object.hasOwn(keysWithoutCounterpart, key) || (key.startsWith('sqlalchemy.') && key !== urlKey)

/** Everything in the file that is not read, in one sentence; undefined where there is nothing. */
export function warningAbout(
  path: string,
  file: IniFile,
  values: IniValues,
  hooks: readonly string[],
): string | undefined {
  const unread = [...[...values.keys()].filter(isUnread), ...hooks, ...unreadLogging(file)]
  if (unread.length === 0) return undefined
  return `${path}: not read, since limbeck has no counterpart: ${unread.join(', ')}. docs/guide/coming-from-alembic.md says what is there instead.`
}
