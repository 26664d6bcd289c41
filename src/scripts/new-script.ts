import { existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { LimbeckError } from '../errors.ts'
import type { NewRevision } from '../revisions/new-revision.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import { fileNameOf } from './file-names.ts'
import { loadScript, type Script } from './load-script.ts'
import { packagedTemplates } from './packaged-templates.ts'
import { scanRevision } from './scan.ts'
import { renderTemplate, type Template, type TemplateValues } from './template.ts'
import { writeNewFile } from './write-new-file.ts'

/** What a new revision file is made of. */
export interface ScriptParts {
  /** Its place in the graph. */
  readonly revision: NewRevision
  readonly message: string
  /** As `formatCreateDate` gives it. */
  readonly createDate: string
  /** The script directory, which may hold a `script.ts.template`. */
  readonly directory: string
  /** The version location that the file is for. */
  readonly folder: string
  readonly truncateSlugLength?: number | undefined
  readonly downgradeLabel?: string | undefined
  /** Code of the file, as it is rendered; nothing by default. */
  readonly imports?: string | undefined
  readonly upgrades?: string | undefined
  readonly downgrades?: string | undefined
}

/** A revision file that is not written yet. */
export interface NewScript {
  /** Where it will be. */
  readonly path: string
  readonly text: string
  readonly revision: ScannedRevision
}

/** Makes the text of a new revision file, and reads it as it will be read from disk. */
export async function composeScript(parts: ScriptParts): Promise<NewScript> {
  const { revision, message, folder, truncateSlugLength } = parts
  const template = findTemplate(parts.directory)
  const text = renderTemplate(template, valuesOf(parts))
  const path = join(folder, fileNameOf({ id: revision.id, message }, truncateSlugLength))
  const scanned = await scanRevision(path, text).catch(error => {
    throw notARevision(template, path, error)
  })
  assertSays(scanned, revision, template)
  return { path, text, revision: scanned }
}

/** Runs a new script for its two functions, from a hidden file beside the place it is for. */
export async function loadNewScript({ path, text, revision }: NewScript): Promise<Script> {
  const hidden = join(dirname(path), `.new-${process.pid}-${revision.id}.ts`)
  try {
    writeNewFile(hidden, text)
    const script = await loadScript({ ...revision, path: hidden })
    return { ...script, path }
  } finally {
    rmSync(hidden, { force: true })
  }
}

/** Writes a new script to its place, whole; a file that is there already is never overwritten. */
export function writeNewScript({ path, text }: NewScript): void {
  writeNewFile(path, text)
}

const templateName = 'script.ts.template'

/** The project's own template, else the one that `init` would write. */
function findTemplate(directory: string): Template {
  const own = join(directory, templateName)
  const path = existsSync(own) ? own : join(packagedTemplates(), 'generic', templateName)
  return { path, text: readFileSync(path, 'utf8') }
}

function valuesOf(parts: ScriptParts): TemplateValues {
  const { id, downRevisions, branchLabels, dependsOn } = parts.revision
  return {
    message: parts.message || 'empty message',
    revision: id,
    revises: downRevisions.join(', ') || '<base>',
    createDate: parts.createDate,
    downgradeLabel: parts.downgradeLabel ?? 'unproved',
    imports: parts.imports ?? "import type { Op } from 'limbeck'",
    downRevision: literal(downRevisions),
    branchLabels: literal(branchLabels),
    dependsOn: literal(dependsOn),
    upgrades: parts.upgrades ?? '',
    downgrades: parts.downgrades ?? '',
  }
}

function literal(values: readonly string[]): string {
  const strings = values.map(value => `'${value.replaceAll(/['\\]/g, '\\$&')}'`)
  return strings.length > 1 ? `[${strings.join(', ')}]` : (strings[0] ?? 'null')
}

/** A template may forget a variable: what comes out must say what was asked for. */
function assertSays(scanned: ScannedRevision, wanted: NewRevision, { path }: Template): void {
  const keys = ['id', 'downRevisions', 'branchLabels', 'dependsOn'] as const
  const wrong = keys.find(key => !isDeepStrictEqual(scanned[key], wanted[key]))
  if (wrong === undefined) return
  const name = wrong === 'id' ? 'revision' : wrong === 'downRevisions' ? 'downRevision' : wrong
  throw new LimbeckError(
    'TEMPLATE_INVALID',
    `A revision made from ${path} would not export the \`${name}\` it is given.`,
    {
      facts: { path, variable: name, wanted: wanted[wrong], found: scanned[wrong] },
      hint: `The template needs \`export const ${name} = …\` with the variable ${name}.`,
    },
  )
}

/** The file that the error names is not there: what has to be corrected is the template. */
function notARevision(template: Template, path: string, error: LimbeckError): LimbeckError {
  const reason = error.message.replace(path, 'the new file')
  return new LimbeckError(
    'TEMPLATE_INVALID',
    `What ${template.path} makes is no revision file: ${reason}`,
    {
      facts: { path: template.path, reason },
      hint: 'Correct the template; `limbeck init` in an empty folder writes one that works.',
      cause: error,
    },
  )
}
