import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { LimbeckError } from '../errors.ts'
import { writeNewFile } from '../files/write-new-file.ts'
import type { NewRevision } from '../revisions/new-revision.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import { changedExport } from './changed-export.ts'
import { loadScript, type Script } from './load-script.ts'
import { newScriptPath } from './new-script-path.ts'
import { packagedTemplates } from './packaged-templates.ts'
import { scanRevision } from './scan.ts'
import type { ScriptParts } from './script-parts.ts'
import { renderTemplate, type Template } from './template.ts'
import { templateValues } from './template-values.ts'

/** A revision file that is not written yet. */
export interface NewScript {
  /** Where it will be. */
  readonly path: string
  readonly text: string
  readonly revision: ScannedRevision
}

/** Makes the text of a new revision file, and reads it as it will be read from disk. */
export async function composeScript(parts: ScriptParts): Promise<NewScript> {
  const path = newScriptPath(parts)
  const template = findTemplate(parts.config.scriptLocation)
  const text = renderTemplate(template, templateValues(parts, template))
  const scanned = await scanRevision(path, text).catch(error => {
    throw notARevision(template, path, error)
  })
  assertSays(scanned, parts.revision, template)
  return { path, text, revision: scanned }
}

/** Runs a new script for its two functions, from a hidden file beside the place it is for. */
export async function loadNewScript({ path, text, revision }: NewScript): Promise<Script> {
  const folder = dirname(path)
  const hidden = join(folder, `.new-${process.pid}-${revision.id}.ts`)
  const made = mkdirSync(folder, { recursive: true })
  try {
    writeNewFile(hidden, text)
    const script = await loadScript({ ...revision, path: hidden }, { keep: false })
    return { ...script, path }
  } finally {
    rmSync(hidden, { force: true })
    if (made !== undefined) removeEmpty(folder, made)
  }
}

/** Removes a folder, and those around it up to the topmost one that was made for it. */
function removeEmpty(folder: string, topmost: string): void {
  try {
    rmdirSync(folder)
    if (folder !== topmost) removeEmpty(dirname(folder), topmost)
  } catch {
    // Something else has been put there meanwhile.
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

/** A template may forget a variable: what comes out must say what was asked for. */
function assertSays(scanned: ScannedRevision, wanted: NewRevision, { path }: Template): void {
  const wrong = changedExport(wanted, scanned)
  if (wrong === undefined) return
  const { name } = wrong
  throw new LimbeckError(
    'TEMPLATE_INVALID',
    `A revision made from ${path} would not export the \`${name}\` it is given.`,
    {
      facts: { path, variable: name, wanted: wrong.wanted, found: wrong.found },
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
