import type { OptionSpec, OptionTable } from './command.ts'

/** Options that every command takes, before or after its name. */
export const globalOptions = {
  config: {
    type: 'string',
    short: 'c',
    value: 'FILE',
    help: 'The config, or an alembic.ini; else LIMBECK_CONFIG, ALEMBIC_CONFIG, or limbeck.config.ts here or above.',
  },
  name: {
    type: 'string',
    short: 'n',
    value: 'NAME',
    help: "The entry of the config's `databases`, or the section of an alembic.ini, to use.",
  },
  url: {
    type: 'string',
    value: 'URL',
    help: 'The database; wins over env.ts, the config and the environment.',
  },
  x: {
    type: 'string',
    short: 'x',
    value: 'KEY=VALUE',
    multiple: true,
    help: 'An argument of your own for env.ts; may be repeated.',
  },
  quiet: { type: 'boolean', short: 'q', help: 'Say nothing but warnings and errors.' },
  verbose: { type: 'boolean', short: 'v', help: 'Say more.' },
  'log-level': {
    type: 'string',
    value: 'LEVEL',
    help: 'What is said on stderr: debug, sql (info, and statements), info, warning or error; else LIMBECK_LOG_LEVEL, else the config.',
  },
  'log-format': {
    type: 'string',
    value: 'FORMAT',
    help: 'text, or json: one object in each line; else LIMBECK_LOG_FORMAT, else the config.',
  },
  json: { type: 'boolean', help: 'Print the result, or the error, as one JSON document.' },
  trace: { type: 'boolean', help: 'Show the stack of an error.' },
  raiseerr: { type: 'boolean', help: 'The same as --trace.', hidden: true },
  help: { type: 'boolean', short: 'h', help: 'Show help, for a command or in general.' },
  version: { type: 'boolean', help: 'Show the version.' },
} as const satisfies OptionTable

/**
 * The options for every command as they are after the name of one: a letter that it uses itself
 * (`current -c`) means its own option there.
 */
export function globalOptionsFor(own: OptionTable = {}): OptionTable {
  const letters = new Set(Object.values(own).map(({ short }) => short))
  return Object.fromEntries(
    Object.entries<OptionSpec>(globalOptions).map(([name, spec]) => [
      name,
      letters.has(spec.short) ? { ...spec, short: undefined } : spec,
    ]),
  )
}
