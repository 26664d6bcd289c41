import type { DirectExport, Export } from 'es-module-lexer'
import { type ErrorCode, LimbeckError } from '../errors.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import { positionAt } from '../text/position.ts'
import { readDocstring } from './docstring.ts'
import { placeOf } from './error-place.ts'
import { readHeader } from './header.ts'
import {
  findConstant,
  type Literal,
  NotLiteral,
  type PlacedLiteral,
  readInitializer,
} from './literal.ts'
import { skipTrivia } from './source-text.ts'

/** A file's text, and the exports that the lexer found in it. */
interface RevisionFile {
  readonly path: string
  readonly source: string
  readonly exports: readonly Export[]
}

/** Reads the revision in a file's text without running it. */
export async function scanRevision(path: string, source: string): Promise<ScannedRevision> {
  const header = readHeader(source)
  if (header) return { ...header, path }
  return readRevision({ path, source, exports: await findExports(path, source) })
}

/** The literal that one of a revision file's exports is given; undefined without that export. */
export async function findLiteral(
  path: string,
  source: string,
  name: string,
): Promise<PlacedLiteral | undefined> {
  return placedExport({ path, source, exports: await findExports(path, source) }, name)
}

async function findExports(path: string, source: string): Promise<readonly Export[]> {
  const { init, parse } = await import('es-module-lexer')
  await init()
  try {
    return parse(source)[1]
  } catch (error) {
    throw await syntaxError(path, source, error)
  }
}

/** The lexer knows that something is wrong; the parser knows what and where. */
async function syntaxError(path: string, source: string, cause: unknown): Promise<LimbeckError> {
  const { transform } = await import('./transform.ts')
  try {
    transform(path, source)
  } catch (error) {
    const { reason, line, column } = placeOf(error)
    const place = line === undefined ? path : `${path}:${line}:${column}`
    return new LimbeckError('REVISION_SYNTAX', `${place}: ${reason}.`, {
      facts: { path, line, column, reason },
      hint: 'Correct the file.',
    })
  }
  return new LimbeckError('REVISION_SYNTAX', `${path} cannot be read as TypeScript.`, {
    facts: { path },
    hint: 'Correct the file.',
    cause,
  })
}

function readRevision(file: RevisionFile): ScannedRevision {
  const id = readExport(file, 'revision')
  if (id === undefined) throw strayFileError(file.path)
  if (typeof id !== 'string' || id === '') throw wrongTypeError(file, 'revision', 'a string')
  const downRevision = readExport(file, 'downRevision')
  if (downRevision === undefined) throw missingExportError(file.path, 'downRevision')
  for (const name of ['upgrade', 'downgrade']) {
    if (!exportOf(file, name)) throw missingExportError(file.path, name)
  }
  return {
    id,
    downRevisions: listOf(downRevision),
    dependsOn: listOf(readExport(file, 'dependsOn')),
    branchLabels: listOf(readExport(file, 'branchLabels')),
    ...readDocstring(headOf(file)),
    path: file.path,
  }
}

/** The text before the first export, where the docstring stands. */
function headOf({ source, exports }: RevisionFile): string {
  return source.slice(0, Math.min(...exports.map(found => found.exportStart)))
}

function listOf(value: Literal | undefined): readonly string[] {
  if (value === null || value === undefined) return []
  return typeof value === 'string' ? [value] : value
}

function exportOf({ exports }: RevisionFile, name: string): Export | undefined {
  return exports.find(found => found.type !== 'reexport-all' && found.name === name)
}

function readExport(file: RevisionFile, name: string): Literal | undefined {
  return placedExport(file, name)?.value
}

function placedExport(file: RevisionFile, name: string): PlacedLiteral | undefined {
  const found = exportOf(file, name)
  if (!found) return undefined
  try {
    if (found.type !== 'direct') throw new NotLiteral(found.exportStart)
    return readInitializer(file.source, initializedName(file.source, found))
  } catch (error) {
    throw error instanceof NotLiteral ? notLiteralError(file, name, error.at) : error
  }
}

/** The end of the name that is given its value: in the export itself, or in the constant it names. */
function initializedName(source: string, found: DirectExport): number {
  const keyword = skipTrivia(source, found.exportStart + 'export'.length)
  if (source.startsWith('const', keyword)) return found.localEnd
  const constant =
    source[keyword] === '{' && found.localName ? findConstant(source, found.localName) : -1
  if (constant < 0) throw new NotLiteral(found.exportStart)
  return constant
}

function errorAt(
  code: ErrorCode,
  { path, source }: RevisionFile,
  offset: number,
  sentence: string,
  hint: string,
): LimbeckError {
  const { line, column } = positionAt(source, offset)
  return new LimbeckError(code, `${path}:${line}:${column}: ${sentence}`, {
    facts: { path, line, column },
    hint,
  })
}

function notLiteralError(file: RevisionFile, name: string, offset: number): LimbeckError {
  return errorAt(
    'REVISION_NOT_LITERAL',
    file,
    offset,
    `the value of \`${name}\` has to be read without running the file, and this is more than a literal.`,
    `Write \`export const ${name} = …\` with null, a string, or an array of strings.`,
  )
}

function wrongTypeError(file: RevisionFile, name: string, wanted: string): LimbeckError {
  const { exportStart = 0 } = exportOf(file, name) ?? {}
  const sentence = `the value of \`${name}\` has to be ${wanted}.`
  return errorAt('REVISION_NOT_LITERAL', file, exportStart, sentence, 'Correct the file.')
}

function strayFileError(path: string): LimbeckError {
  return new LimbeckError(
    'REVISION_EXPORT_MISSING',
    `${path} exports no \`revision\`, so it is not a revision file.`,
    {
      facts: { path, export: 'revision' },
      hint: 'Move it out of the folder of revisions, or let its name begin with a dot.',
    },
  )
}

function missingExportError(path: string, name: string): LimbeckError {
  const example =
    name === 'downRevision' ? 'const downRevision = null' : `function ${name}(op: Op) {}`
  return new LimbeckError('REVISION_EXPORT_MISSING', `${path} exports no \`${name}\`.`, {
    facts: { path, export: name },
    hint: `Every revision file has one, if only \`export ${example}\`.`,
  })
}
