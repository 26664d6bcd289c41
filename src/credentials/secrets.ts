import { escapedPattern } from '../text/pattern.ts'

/**
 * Passwords seen by this process. They are kept in one place, and not handed around, so that the
 * last line before the terminal can mask one that slipped into any message by any way.
 */
const seen = new Set<string>()

/** Shorter words would be found inside innocent text; in a URL they are masked all the same. */
const shortestSecret = 4

/** Remembers the password of a URL, as it is and as the URL spells it, for `redact`. */
export function rememberSecrets(url: string): void {
  const { user, password, rest } = loginOf(url)
  for (const spelling of [password, decoded(password)]) {
    const isPublic = spelling === decoded(user) || rest.split(/[^\w]+/).includes(spelling)
    if (spelling.length >= shortestSecret && !isPublic) seen.add(spelling)
  }
}

/** The text with every password masked: those remembered, and whatever stands as one in a URL. */
export function redact(text: string): string {
  const masked = text.replace(urlLogin, '$1:***@').replace(urlPassword, '$1***')
  return [...seen]
    .filter(secret => masked.includes(secret))
    .reduce((result, secret) => result.replaceAll(new RegExp(asWord(secret), 'gu'), '***'), masked)
}

/** A URL fit to be shown: `postgresql://app:***@localhost:5432/shop`. */
export function maskUrl(url: string): string {
  return redact(url)
}

/** `scheme://user:password@`; a password may hold an unescaped `@` or `/`. */
const urlLogin = /(\b[a-z][a-z\d+.-]*:\/\/[^\s:@/?#'"`]*):(?:(?!:\/\/)[^\s'"`])*@/gi

const urlPassword = /([?&](?:password|sslpassword)=)[^&\s'"`]*/gi

function loginOf(url: string): { user: string; password: string; rest: string } {
  const [, user = '', password = '', rest = ''] =
    /^[a-z][\w+.-]*:\/\/([^:@/?#]*):(.*)@([^@]*)$/i.exec(url) ?? []
  const inQuery = /[?&]password=([^&]*)/i.exec(url)?.[1]
  return { user, password: password || (inQuery ?? ''), rest: inQuery === undefined ? rest : '' }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Matches the secret where it stands as a word of its own. */
function asWord(secret: string): string {
  return `(?<![\\p{L}\\p{N}_])${escapedPattern(secret)}(?![\\p{L}\\p{N}_])`
}
