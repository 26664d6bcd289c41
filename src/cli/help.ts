import type { Colours } from './colours.ts'
import type { CliCommand, OptionTable, Positional } from './command.ts'
import { globalOptions, globalOptionsFor } from './global-options.ts'

/** The help in general: what commands there are. */
export function generalHelp(
  commands: readonly CliCommand[],
  version: string,
  { bold }: Colours,
): string {
  return sections([
    [`limbeck ${version}: database migrations for TypeScript`],
    [bold('Usage:'), '  limbeck COMMAND [WORDS] [OPTIONS]'],
    ...commandSections(commands, bold),
    [bold('Options of every command:'), ...optionLines(globalOptions)],
    ['`limbeck help COMMAND` tells more about one of them.'],
  ])
}

/** The commands of each section of the help, in its order. */
export const helpSections: Readonly<Record<string, readonly string[]>> = {
  'Set up a project': ['init', 'models', 'list-templates', 'ensure-version'],
  'Write revisions': ['revision', 'merge', 'rebase', 'edit', 'check'],
  'Move a database': ['upgrade', 'downgrade', 'stamp'],
  'Look around': ['current', 'history', 'heads', 'branches', 'show', 'doctor'],
}

/** A command without a section comes last. */
function commandSections(commands: readonly CliCommand[], bold: Colours['bold']): string[][] {
  const width = Math.max(0, ...commands.map(({ name }) => name.length))
  const named = Object.entries(helpSections).map(([title, names]) => ({
    title,
    members: names.flatMap(name => commands.filter(command => command.name === name)),
  }))
  const others = commands.filter(({ name }) => !Object.values(helpSections).flat().includes(name))
  return [...named, { title: 'Others', members: others }]
    .filter(({ members }) => members.length > 0)
    .map(({ title, members }) => [
      bold(`${title}:`),
      ...columns(
        members.map(({ name, summary }) => [name, summary]),
        width,
      ),
    ])
}

/** The help for one command. */
export function commandHelp(command: CliCommand, colours: Colours): string {
  const globals = [
    colours.bold('Options of every command:'),
    ...optionLines(globalOptionsFor(command.options)),
  ]
  return sections([...ownSections(command, colours), globals])
}

/** The help for one command without what every command shares, as the reference prints it. */
export function ownHelp(command: CliCommand, colours: Colours): string {
  return sections(ownSections(command, colours))
}

function ownSections(command: CliCommand, { bold }: Colours): string[][] {
  const { name, summary, description, positionals, options, examples } = command
  const own = optionLines(options)
  const words = columns(positionals.map(({ name, help }) => [name, help]))
  const lines = columns(examples.map(({ line, what }) => [line, what]))
  return [
    [`${bold('Usage:')} ${['limbeck', name, ...positionals.map(spelled), '[OPTIONS]'].join(' ')}`],
    [summary, ...(description === undefined ? [] : wrapped(description, helpWidth))],
    words.length === 0 ? [] : [bold('Words:'), ...words],
    own.length === 0 ? [] : [bold('Options:'), ...own],
    [bold('Examples:'), ...lines],
  ]
}

const sections = (parts: readonly (readonly string[])[]): string =>
  `${parts
    .filter(part => part.length > 0)
    .map(part => part.join('\n'))
    .join('\n\n')}\n`

function spelled({ name, isOptional, isMany }: Positional): string {
  const word = isMany === true ? `${name}...` : name
  return isOptional === true ? `[${word}]` : word
}

/** The options of a table, a line each. */
export const optionLines = (options: OptionTable): string[] =>
  columns(
    Object.entries(options)
      .filter(([, { hidden }]) => hidden !== true)
      .map(([name, spec]) => [optionSpelling(name, spec), spec.help]),
  )

/** `-c, --config FILE`. */
function optionSpelling(name: string, { short, value }: OptionTable[string]): string {
  const letter = short === undefined ? '    ' : `-${short}, `
  const word = short === name ? `-${short}` : `${letter}--${name}`
  return value === undefined ? word : `${word} ${value}`
}

/** What a usual terminal shows. */
const helpWidth = 80

/** Two columns, the second wrapped beside the first, or below it where that is wide. */
function columns(
  rows: readonly (readonly [string, string])[],
  width = Math.max(0, ...rows.map(([left]) => left.length)),
): string[] {
  const isBeside = width <= helpWidth / 2
  const indent = ' '.repeat(isBeside ? width + 4 : 6)
  return rows.flatMap(([left, right]) => {
    const lines = wrapped(right, helpWidth - indent.length).map(line => indent + line)
    if (!isBeside) return [`  ${left}`, ...lines]
    return [`  ${left.padEnd(width)}  ${lines[0]!.trimStart()}`, ...lines.slice(1)]
  })
}

function wrapped(text: string, width: number): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines
}
