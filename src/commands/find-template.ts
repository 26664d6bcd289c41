import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { LimbeckError } from '../errors.ts'
import { contentOf } from '../files/content.ts'
import { packagedTemplates } from '../scripts/packaged-templates.ts'
import { didYouMean } from '../text/nearest.ts'
import type { TemplateLine } from './results/init.ts'

/** A template of this package. */
export interface Template {
  readonly name: string
  readonly folder: string
  /** What to know where one of Alembic's names was given. */
  readonly note?: string | undefined
}

/** Alembic's templates that one of ours does the work of. */
const alembicTemplates: Readonly<Record<string, string>> = {
  async: 'Everything in limbeck is asynchronous: the template async is generic.',
  pyproject:
    'The config is limbeck.config.ts, not pyproject.toml; the rest is the template generic.',
  pyproject_async:
    'The config is limbeck.config.ts, not pyproject.toml, and everything is asynchronous; the rest is the template generic.',
}

/** The template of a name, be it ours or Alembic's. */
export function findTemplate(name: string): Template {
  const names = templateNames()
  if (names.includes(name)) return templateOf(name)
  const note = Object.hasOwn(alembicTemplates, name) ? alembicTemplates[name] : undefined
  if (note !== undefined) return { ...templateOf('generic'), note }
  throw new LimbeckError('TEMPLATE_UNKNOWN', `There is no template ${name}.`, {
    facts: { template: name, known: names },
    hint: hintFor(name, names),
  })
}

/** Every template, with the first line of its README. */
export function listTemplates(): TemplateLine[] {
  return templateNames().map(name => ({ name, description: firstLine(templateOf(name).folder) }))
}

const templateNames = (): string[] =>
  readdirSync(packagedTemplates(), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort()

const templateOf = (name: string): Template => ({ name, folder: join(packagedTemplates(), name) })

const firstLine = (folder: string): string =>
  contentOf(join(folder, 'README.md'))?.split('\n', 1)[0]?.trim() ?? ''

function hintFor(name: string, known: readonly string[]): string {
  if (name === 'multidb')
    return 'Take generic, and name the databases under `databases` in the config: `-n NAME` chooses one.'
  return (
    didYouMean(name, [...known, ...Object.keys(alembicTemplates)]) ??
    `There is: ${known.join(', ')}. \`limbeck list-templates\` describes them.`
  )
}
