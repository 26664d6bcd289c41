import type { Io } from './io.ts'

/** Whether characters beyond ASCII can be shown: the locale, where there is one, says UTF-8. */
export function showsUnicode({ LC_ALL, LC_CTYPE, LANG, TERM }: Io['env']): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG
  if (locale) return /utf-?8/i.test(locale)
  return TERM !== 'linux' && TERM !== 'dumb'
}
