import type { LimbeckError } from '../errors.ts'
import { nearest } from '../text/nearest.ts'
import type { CliCommand, Values, Words } from './command.ts'
import { globalOptions, globalOptionsFor } from './global-options.ts'
import { firstWordIndex, readOptions, usage } from './read-options.ts'

/** A command line that has been understood. */
export interface ParsedLine extends Words {
  readonly command: CliCommand | undefined
  readonly globals: Values<typeof globalOptions>
  /** Help was asked for. */
  readonly isHelp: boolean
}

/**
 * Reads a command line: options for every command may stand before the command or after it, its own
 * options after it.
 */
export function parseLine(argv: readonly string[], commands: readonly CliCommand[]): ParsedLine {
  const at = firstWordIndex(argv, globalOptions)
  const before = readOptions(argv.slice(0, at), globalOptions)
  const word = argv[at]
  if (word === 'help') return helpLine(argv.slice(at + 1), commands)
  const command = word === undefined ? undefined : findCommand(word, commands)
  const after = readOptions(argv.slice(at + 1), {
    ...globalOptionsFor(command?.options),
    ...command?.options,
  })
  const globals = joined(before.values, after.values)
  const isHelp = globals.help
  if (command !== undefined && !isHelp) checkPositionals(command, after.positionals)
  const values = ownOf(command, after.values)
  return { command, globals, isHelp, values, positionals: after.positionals }
}

/** Handed on as a command's own, the options for every command would hide what stood before it. */
function ownOf(command: CliCommand | undefined, values: Words['values']): Words['values'] {
  return Object.fromEntries(Object.keys(command?.options ?? {}).map(name => [name, values[name]]))
}

/** `limbeck help upgrade` is `limbeck upgrade --help`. */
function helpLine(args: readonly string[], commands: readonly CliCommand[]): ParsedLine {
  const { values, positionals } = readOptions(args, globalOptions)
  const [word] = positionals
  const command = word === undefined || word === 'help' ? undefined : findCommand(word, commands)
  return { command, globals: joined(values), isHelp: true, values, positionals }
}

/** Commands are spelled with dashes; Alembic's underscores are understood. */
function findCommand(word: string, commands: readonly CliCommand[]): CliCommand {
  const name = word.replaceAll('_', '-')
  const command = commands.find(candidate => candidate.name === name)
  if (command !== undefined) return command
  const near =
    wordsOfOthers.get(name) ?? nearest(name, [...commands.map(candidate => candidate.name), 'help'])
  const hint = near === undefined ? undefined : `Did you mean \`limbeck ${near}\`?`
  throw usage(`${word} is not a command.`, hint, { command: word })
}

/** What other tools call it. */
const wordsOfOthers: ReadonlyMap<string, string> = new Map([
  ...['up', 'migrate', 'apply', 'deploy'].map(word => [word, 'upgrade head'] as const),
  ...['down', 'undo', 'revert', 'rollback'].map(word => [word, 'downgrade -1'] as const),
  ...['create', 'generate', 'new'].map(word => [word, 'revision'] as const),
  ['reset', 'downgrade base'],
  ['diff', 'check'],
  ['status', 'current'],
  ['log', 'history'],
  ['version', '--version'],
])

function checkPositionals(command: CliCommand, words: readonly string[]): void {
  const { name, positionals } = command
  const missing = positionals[words.length]
  if (missing !== undefined && missing.isOptional !== true) throw missingWord(command, missing.name)
  const excess = positionals.at(-1)?.isMany === true ? undefined : words[positionals.length]
  if (excess !== undefined) {
    const message = `A message goes behind -m: \`limbeck ${name} -m "${excess}"\`.`
    const hint = 'message' in command.options ? message : seeHelp(name)
    throw usage(`limbeck ${name} takes no further word, and got ${excess}.`, hint)
  }
}

function missingWord({ name, examples }: CliCommand, word: string): LimbeckError {
  const example = examples[0]
  const hint = example === undefined ? seeHelp(name) : `For example: \`${example.line}\`.`
  return usage(`limbeck ${name} needs a ${word}.`, hint, { missing: word })
}

const seeHelp = (name: string): string => `\`limbeck help ${name}\` shows how it is used.`

/** The values of the options for every command, of which the last given counts. */
function joined(...parts: readonly Words['values'][]): Values<typeof globalOptions> {
  const names = Object.keys(globalOptions)
  const value = (name: string) => {
    const given = parts.map(part => part[name])
    if (given.some(Array.isArray)) return given.flatMap(list => list ?? [])
    return given.findLast(one => one !== undefined && one !== false) ?? given[0]
  }
  return Object.fromEntries(names.map(name => [name, value(name)])) as Values<typeof globalOptions>
}
