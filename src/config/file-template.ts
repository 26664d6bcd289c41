/** What a file template may name, in `%(token)s`. */
export const fileTemplateTokens = [
  'rev',
  'slug',
  'epoch',
  'year',
  'month',
  'day',
  'hour',
  'minute',
  'second',
] as const

export type FileTemplateToken = (typeof fileTemplateTokens)[number]

/** What the tokens stand for in one file: texts, and the numbers of its date. */
export type FileTemplateValues = {
  readonly [T in FileTemplateToken]: T extends 'rev' | 'slug' ? string : number
}

/** How a value is written: Python's printf. */
export interface TokenFormat {
  /** Of `-`, `0`, `+`, blank and `#`. */
  readonly flags: string
  readonly width: number
  /** Digits of a number at least, characters of a text at most. */
  readonly precision: number | undefined
  readonly type: 's' | 'd' | 'o' | 'x' | 'X'
}

/** A piece of a file template: text as it is, or a token and how it is written. */
export type FileTemplatePiece =
  | string
  | { readonly token: FileTemplateToken; readonly format: TokenFormat }

/** Reads a template that has been validated, as those of a config are. */
export function parseFileTemplate(template: string): readonly FileTemplatePiece[] {
  return piecesOf(template).map(piece => (isMistake(piece) ? piece.text : piece))
}

/** The name that a template gives a file, without its extension; `/` parts folders. */
export function expandFileTemplate(template: string, values: FileTemplateValues): string {
  return parseFileTemplate(template)
    .map(piece =>
      typeof piece === 'string' ? piece : formatted(values[piece.token], piece.format),
    )
    .join('')
}

/** What is wrong with a template, in a sentence; undefined where nothing is. */
export function fileTemplateComplaint(template: string): string | undefined {
  const mistake = piecesOf(template).find(isMistake)
  return mistake?.complaint ?? doubled(template) ?? pathComplaint(template)
}

/** A piece that cannot be read. */
interface Mistake {
  readonly text: string
  readonly complaint: string
}

const isMistake = (piece: FileTemplatePiece | Mistake): piece is Mistake =>
  typeof piece === 'object' && 'complaint' in piece

function piecesOf(template: string): (FileTemplatePiece | Mistake)[] {
  return template
    .split(/(%(?:%|\([^)]*\)[-0+ #]*\d*(?:\.\d*)?[hlL]?[a-zA-Z]?)?)/)
    .filter(text => text !== '')
    .map(text => (text.startsWith('%') ? directive(text) : text))
}

function directive(text: string): FileTemplatePiece | Mistake {
  if (text === '%%') return '%'
  const [, token, flags, width, precision, type] =
    /^%\(([^)]*)\)([-0+ #]*)(\d{0,3})(?:\.(\d{0,3}))?[hlL]?([sdiuoxX])$/.exec(text) ?? []
  const name = /^%\(([^)]*)\)/.exec(text)?.[1]
  if (name !== undefined && !isToken(name)) return { text, complaint: unknownToken(name) }
  if (!isToken(token) || (isText(token) && type !== 's')) {
    return { text, complaint: malformed(text) }
  }
  return {
    token,
    format: {
      flags: flags ?? '',
      width: Number(width),
      precision: precision === undefined ? undefined : Number(precision),
      type: (type === 'i' || type === 'u' ? 'd' : type) as TokenFormat['type'],
    },
  }
}

const isToken = (word: string | undefined): word is FileTemplateToken =>
  fileTemplateTokens.some(token => token === word)

const isText = (token: FileTemplateToken): boolean => token === 'rev' || token === 'slug'

const unknownToken = (name: string): string =>
  `%(${name}) is not a token. Known are ${fileTemplateTokens.join(', ')}.`

const malformed = (text: string): string =>
  `\`${text}\` cannot be read: write %(rev)s and %(slug)s for the texts, %(year)d or %(month).2d for the numbers (${fileTemplateTokens.slice(2).join(', ')}), and %% for a percent sign.`

/** Who copies a template out of an alembic.ini brings its `%%` along. */
function doubled(template: string): string | undefined {
  const [text, token] = /%%\((\w+)\)/.exec(template) ?? []
  if (!isToken(token)) return undefined
  return `\`${text}\` would be these very letters: only an alembic.ini doubles the percent sign, here it is %(${token}).`
}

const sample = { epoch: 1, year: 2000, month: 1, day: 1, hour: 0, minute: 0, second: 0 }

/** A message, and with it the slug, may be empty: the name has to be one all the same. */
function pathComplaint(template: string): string | undefined {
  const path = expandFileTemplate(template, { ...sample, rev: '1975ea83b712', slug: '' })
  if (/^[/\\]|^[a-z]:/i.test(template)) {
    return 'it is an absolute path: files are written below a version location.'
  }
  if (/[\p{Cc}\\]/u.test(path)) {
    return 'it holds a backslash, a line break or another control character; folders are parted by `/`.'
  }
  const parts = path.split('/').map(part => part.trim())
  if (parts.includes('..')) return 'it leads out of the version location with `..`.'
  if (!parts.includes('') && !parts.includes('.')) return undefined
  return 'the name of the file or of a folder in it may be empty, since a revision without a message has no slug: add %(rev)s.'
}

/** A value as Python's `%` operator writes it. */
function formatted(value: string | number, format: TokenFormat): string {
  return format.type === 's' || typeof value === 'string'
    ? padded(String(value).slice(0, format.precision), '', format, ' ')
    : formattedNumber(value, format)
}

function formattedNumber(value: number, format: TokenFormat): string {
  const { flags, precision = 0, type } = format
  const digits = Math.abs(value).toString(radixes[type]).padStart(precision, '0')
  const prefix = flags.includes('#') && type !== 'd' ? `0${type}` : ''
  const sign = value < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  const fill = flags.includes('0') ? '0' : ' '
  return padded(type === 'X' ? digits.toUpperCase() : digits, sign + prefix, format, fill)
}

const radixes = { s: 10, d: 10, o: 8, x: 16, X: 16 } as const

function padded(body: string, lead: string, { flags, width }: TokenFormat, fill: string): string {
  if (flags.includes('-')) return (lead + body).padEnd(width)
  return fill === '0'
    ? lead + body.padStart(width - lead.length, '0')
    : (lead + body).padStart(width)
}
