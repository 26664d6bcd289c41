import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { coloursFor } from '../../src/cli/colours.ts'
import { commands } from '../../src/cli/commands.ts'
import { exitStatuses } from '../../src/cli/exit-status.ts'
import { globalOptions } from '../../src/cli/global-options.ts'
import { optionLines, ownHelp } from '../../src/cli/help.ts'
import { type ConfigKey, configKeys } from '../../src/config/keys.ts'
import { errorCodes } from '../../src/errors.ts'
import { expectGenerated } from './generated.ts'

const plain = coloursFor({ write: () => {}, isTerminal: false }, {})

const cell = (text: string): string => text.replaceAll('|', '\\|')

test('the reference of the config is the table of keys', () => {
  const rows = (configKeys as readonly ConfigKey[]).map(key => {
    const value = 'default' in key ? `\`${inspect(key.default)}\`` : ''
    const alembic = key.alembic === undefined ? '' : key.alembic
    return `| \`${key.name}\` | \`${cell(key.shape.name)}\` | ${value} | ${alembic} | ${key.sentence} |\n`
  })
  const head = '| Key | Type | Default | In Alembic | |\n|---|---|---|---|---|\n'
  expectGenerated('docs/reference/config.md', 'keys', head + rows.join(''))
})

test('the reference of the command line is the help', () => {
  const sections = commands.map(
    command => `### ${command.name}\n\n\`\`\`text\n${ownHelp(command, plain)}\`\`\`\n`,
  )
  expectGenerated('docs/reference/cli.md', 'commands', sections.join('\n'))
  const globals = `\`\`\`text\n${optionLines(globalOptions).join('\n')}\n\`\`\`\n`
  expectGenerated('docs/reference/cli.md', 'options', globals)
})

test('the reference of exit statuses is the table, with the codes of each', () => {
  const codesOf = (status: number) =>
    Object.entries(errorCodes).flatMap(([code, its]) => (its === status ? [`\`${code}\``] : []))
  const rows = exitStatuses.map(({ status, meaning }) => {
    const codes = status === 1 ? 'every other code' : codesOf(status).join(', ')
    return `| ${status} | ${meaning} | ${codes} |\n`
  })
  const head = '| Status | Meaning | Codes |\n|---|---|---|\n'
  expectGenerated('docs/reference/exit-status.md', 'statuses', head + rows.join(''))
})

test('every code has an exit status of the table', () => {
  const known = exitStatuses.map(({ status }) => status as number)
  expect(Object.values(errorCodes).filter(status => !known.includes(status))).toEqual([])
})
