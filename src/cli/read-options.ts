import { parseArgs } from 'node:util'
import { LimbeckError } from '../errors.ts'
import { nearest } from '../text/nearest.ts'
import type { OptionSpec, OptionTable, Words } from './command.ts'

type Token = ReturnType<typeof tokensOf>[number]
type OptionToken = Extract<Token, { kind: 'option' }>

/**
 * Reads arguments against a table of options. `parseArgs` splits them; what it would guess is decided
 * here: a relative revision (`-1`) is no option, and the last of several values counts.
 */
export function readOptions(args: readonly string[], options: OptionTable): Words {
  const values: Record<string, string | boolean | string[]> = emptyValues(options)
  const positionals = new Map<number, string>()
  for (const token of tokensOf(args, options)) {
    const word = args[token.index]!
    if (token.kind === 'positional') positionals.set(token.index, token.value)
    else if (token.kind === 'option' && isRelative(word)) positionals.set(token.index, word)
    else if (token.kind === 'option') readOption(token, options, values)
  }
  return { values, positionals: [...positionals.values()] }
}

/** The place of the first word that is neither an option nor an option's value. */
export function firstWordIndex(args: readonly string[], options: OptionTable): number {
  const word = tokensOf(args, options).find(token => token.kind === 'positional')
  return word?.index ?? args.length
}

/** The tokens of `parseArgs` without its strictness, which has no words for what users meant. */
function tokensOf(args: readonly string[], options: OptionTable) {
  return parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(options).map(([name, { type, short }]) => [
        name,
        short === undefined ? { type } : { type, short },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  }).tokens
}

/** `-1`, `-2:current`: a step from where the database is, never an option. */
const isRelative = (word: string): boolean => /^-\d/.test(word)

function emptyValues(options: OptionTable): Record<string, string | boolean | string[]> {
  const values: Record<string, string | boolean | string[]> = {}
  for (const [name, { type, multiple }] of Object.entries(options)) {
    if (type === 'boolean') values[name] = false
    else if (multiple === true) values[name] = []
  }
  return values
}

function readOption(
  token: OptionToken,
  options: OptionTable,
  values: Record<string, string | boolean | string[]>,
): void {
  const spec = Object.hasOwn(options, token.name) ? options[token.name] : undefined
  if (spec === undefined) throw unknownOption(token, options)
  if (spec.type === 'boolean') {
    if (token.value !== undefined) throw usage(`${token.rawName} takes no value.`)
    values[token.name] = true
    return
  }
  const value = givenValue(token, spec, options)
  values[token.name] = spec.multiple === true ? [...(values[token.name] as string[]), value] : value
}

/** A word that is itself an option is not swallowed as a value: `-m --autogenerate`. */
function givenValue(token: OptionToken, spec: OptionSpec, options: OptionTable): string {
  const { value, inlineValue, rawName } = token
  const isSwallowed = inlineValue === false && value !== undefined && isOption(value, options)
  if (value !== undefined && !isSwallowed) return isShortWithEquals(token) ? value.slice(1) : value
  throw usage(`${rawName} needs a value: ${rawName} ${spec.value ?? 'VALUE'}.`)
}

/** `-r=-2:`, which argparse understands. */
const isShortWithEquals = ({ rawName, inlineValue, value }: OptionToken): boolean =>
  inlineValue === true && !rawName.startsWith('--') && value?.startsWith('=') === true

const isOption = (word: string, options: OptionTable): boolean =>
  spellings(options).some(spelling => word === spelling || word.startsWith(`${spelling}=`))

function spellings(options: OptionTable): string[] {
  return Object.entries(options)
    .filter(([, { hidden }]) => hidden !== true)
    .flatMap(([name, { short }]) => [`--${name}`, ...(short === undefined ? [] : [`-${short}`])])
}

function unknownOption({ rawName }: OptionToken, options: OptionTable): LimbeckError {
  const long = spellings(options).filter(spelling => spelling.startsWith('--'))
  const near = rawName.startsWith('--') ? meantBy(rawName, long) : undefined
  const hint = near === undefined ? undefined : `Did you mean ${near}?`
  return usage(`${rawName} is not an option here.`, hint, { option: rawName })
}

/** An abbreviation names what it begins, if only one does; anything else, what is near to it. */
function meantBy(word: string, known: readonly string[]): string | undefined {
  const begun = known.filter(spelling => spelling.startsWith(word))
  if (begun.length === 1) return begun[0]
  const meant = wordsOfOthers.get(word)
  if (meant !== undefined && known.includes(meant)) return meant
  const near = nearest(
    word.slice(2),
    known.map(spelling => spelling.slice(2)),
  )
  return near === undefined ? undefined : `--${near}`
}

/** What other tools call it. */
const wordsOfOthers: ReadonlyMap<string, string> = new Map([
  ['--dry-run', '--sql'],
  ['--force', '--yes'],
])

/** The command line itself is wrong. */
export function usage(
  sentence: string,
  hint: string | undefined = '`limbeck help` lists commands and options.',
  facts: Readonly<Record<string, unknown>> = {},
): LimbeckError {
  return new LimbeckError('USAGE', sentence, { facts, hint })
}
