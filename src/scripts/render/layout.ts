/** TypeScript before it is laid out in lines. */
export type Code = string | readonly Code[] | Group | Chain

/** Pieces between brackets: on one line where they fit, else one on each line. */
interface Group {
  readonly open: string
  readonly items: readonly Code[]
  readonly close: string
  /** Arguments stay on their line when one of them can be broken instead. */
  readonly isCall: boolean
  /** Never on one line. */
  readonly isBroken: boolean
  /** Its items are statements, and no commas stand behind them. */
  readonly isBlock?: true
}

/** `head.link().link()`: one line, or one line for each link. */
interface Chain {
  readonly head: Code
  readonly links: readonly Code[]
}

const width = 100

/** `name(a, b)`. */
export function call(name: string, ...items: readonly Code[]): Code {
  return [name, { open: '(', items, close: ')', isCall: true, isBroken: false }]
}

/** `[a, b]`. */
export function array(items: readonly Code[]): Code {
  return { open: '[', items, close: ']', isCall: false, isBroken: false }
}

/** `{ a: 1, b }`; `isBroken` puts each entry on its own line. */
export function object(
  entries: readonly (readonly [key: string, value: Code])[],
  isBroken = false,
): Code {
  if (entries.length === 0) return '{}'
  return braces(
    entries.map(([key, value]) => [`${key}: `, value]),
    isBroken,
  )
}

/** `{ a, b }`. */
export function braces(items: readonly Code[], isBroken = false): Code {
  return { open: '{', items, close: '}', isCall: false, isBroken }
}

/** The body of a function: one statement on each line. */
export function block(statements: readonly Code[]): Code {
  return { open: '{', items: statements, close: '}', isCall: false, isBroken: true, isBlock: true }
}

/** A call of another function with the same arguments but one. */
export function calledAs(code: Code, name: (name: string) => string, without: number): Code {
  const [own, { items }] = code as readonly [string, Group]
  return call(name(own), ...items.filter((_, at) => at !== without))
}

/** `head.link().link()`. */
export function chain(head: Code, links: readonly Code[]): Code {
  return links.length === 0 ? head : { head, links }
}

/** The text of a piece that starts at `indent` spaces. */
export function layOut(code: Code, indent: number): string {
  return print(code, indent, indent, 0)
}

/** `reserve` characters must still find room behind the piece. */
function print(code: Code, indent: number, column: number, reserve: number): string {
  const line = flat(code)
  if (line !== undefined && fits(line, column, reserve)) return line
  if (typeof code === 'string') return code
  if ('open' in code) return printGroup(code, indent, column, reserve)
  if ('head' in code) return printChain(code, indent, column, reserve)
  return printSequence(code, indent, column, reserve)
}

function printSequence(
  parts: readonly Code[],
  indent: number,
  column: number,
  reserve: number,
): string {
  let text = ''
  for (const [index, part] of parts.entries()) {
    const behind = index === parts.length - 1 ? reserve : lead(parts[index + 1]!)
    text += print(part, indent, columnAfter(text, column), behind)
  }
  return text
}

function printChain(
  { head, links }: Chain,
  indent: number,
  column: number,
  reserve: number,
): string {
  if (links.length < 3) return printSequence([head, ...links], indent, column, reserve)
  const inner = indent + 2
  const lines = links.map((link, index) =>
    print(link, inner, inner, index === links.length - 1 ? reserve : 0),
  )
  return [print(head, indent, column, 0), ...lines].join(`\n${' '.repeat(inner)}`)
}

function printGroup(group: Group, indent: number, column: number, reserve: number): string {
  const hugged = group.isCall ? printHugged(group, indent, column, reserve) : undefined
  return hugged !== undefined && fits(hugged, column, 0) ? hugged : printBroken(group, indent)
}

function printBroken({ open, items, close, isBlock }: Group, indent: number): string {
  const inner = indent + 2
  const end = isBlock ? '' : ','
  const lines = items.map(
    item => `${' '.repeat(inner)}${print(item, inner, inner, end.length)}${end}\n`,
  )
  return `${open}\n${lines.join('')}${' '.repeat(indent)}${close}`
}

/** Arguments side by side, where only those are broken that must be, and the last one. */
function printHugged(
  { open, items, close }: Group,
  indent: number,
  column: number,
  reserve: number,
): string | undefined {
  const isForced = items.some(item => flat(item) === undefined)
  if (!isForced && !canBreak(items.at(-1) ?? '')) return undefined
  let text = open
  for (const [index, item] of items.entries()) {
    const next = items[index + 1]
    const behind = next === undefined ? close.length + reserve : 2 + lead(next)
    const line = isForced || next === undefined ? undefined : flat(item)
    text += line ?? print(item, indent, columnAfter(text, column), behind)
    text += next === undefined ? close : ', '
  }
  return text
}

/** The piece on one line, if it may be on one; texts of several lines are what they are. */
function flat(code: Code): string | undefined {
  if (typeof code === 'string') return code
  if ('open' in code) return flatGroup(code)
  const parts = 'head' in code ? [code.head, ...code.links] : code
  return joined(parts, '')
}

function flatGroup({ open, items, close, isCall, isBroken }: Group): string | undefined {
  const inner = isBroken ? undefined : joined(items, ', ')
  if (inner === undefined || (!isCall && inner.includes('\n'))) return undefined
  return open === '{' ? `{ ${inner} }` : `${open}${inner}${close}`
}

function joined(parts: readonly Code[], separator: string): string | undefined {
  const texts = parts.map(flat)
  return texts.includes(undefined) ? undefined : texts.join(separator)
}

function fits(text: string, column: number, reserve: number): boolean {
  const lines = text.split('\n')
  const behind = lines.length === 1 ? reserve : 0
  return column + lines[0]!.length + behind <= width
}

function canBreak(code: Code): boolean {
  if (typeof code === 'string') return code.includes('\n')
  if ('open' in code) return code.items.length > 0
  return 'head' in code || code.some(canBreak)
}

/** How much of a piece must stand on the line where it begins. */
function lead(code: Code): number {
  if (typeof code === 'string') return code.split('\n', 1)[0]!.length
  if ('open' in code) return 1
  if ('head' in code) return lead(code.head)
  return code.slice(0, 2).reduce<number>((sum, part) => sum + lead(part), 0)
}

function columnAfter(text: string, column: number): number {
  const lines = text.split('\n')
  return lines.length === 1 ? column + text.length : lines.at(-1)!.length
}
