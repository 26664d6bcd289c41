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
    [bold('Commands:'), ...columns(commands.map(({ name, summary }) => [name, summary]))],
    [bold('Options of every command:'), ...optionLines(globalOptions)],
    ['`limbeck help COMMAND` tells more about one of them.'],
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
    [summary, ...(description === undefined ? [] : wrapped(description, 80))],
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

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}

function wrapped(text: string, width: number): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!
    if (last !== '' && last.length + word.length >= width) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines
}
