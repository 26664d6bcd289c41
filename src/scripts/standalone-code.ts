import { existsSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type DynamicImport, type Import, init, parse, type StaticImport } from 'es-module-lexer'
import { checksumOfCode } from './checksum.ts'
import { transformForNode } from './transform.ts'
import { compilerOptionsIn } from './tsconfig.ts'

interface StandaloneCode {
  readonly code: string
  /** Of the file as it was before its imports were changed. */
  readonly checksum: string
}

/**
 * A file's JavaScript as it can run from another place without hooks; undefined where it cannot.
 * Before it imports anything later it calls the global of the symbol `hooksName`, which registers them.
 */
export async function standaloneCode(
  file: string,
  source: string,
  hooksName: string,
): Promise<StandaloneCode | undefined> {
  await init()
  const code = transformForNode(file, source)
  const [imports, , , hasModuleSyntax] = parse(code)
  if (!hasModuleSyntax || compilerOptionsIn(dirname(file)).mapsPaths) return undefined
  const edits: Edit[] = []
  for (const found of imports) {
    const edit = editOf(found, code, pathToFileURL(file), hooksName)
    if (!edit) return undefined
    edits.push(edit)
  }
  return { code: apply(edits, code), checksum: checksumOfCode(code) }
}

interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

function editOf(found: Import, code: string, file: URL, hooksName: string): Edit | undefined {
  if (found.type === 'import-meta') return undefined
  return found.type === 'dynamic' ? editDynamic(found, code, file, hooksName) : editStatic(found)
}

function editStatic({ specifier, start, end }: StaticImport): Edit | undefined {
  if (isOwn(specifier)) return { start, end, text: import.meta.resolve(specifier) }
  return isBuiltin(specifier) ? { start, end, text: specifier } : undefined
}

/** What is imported later may be TypeScript, so the hooks come first. */
function editDynamic(
  found: DynamicImport,
  code: string,
  file: URL,
  hooksName: string,
): Edit | undefined {
  const { specifier, glob, importStart, importEnd, end } = found
  const target = specifier === undefined || glob ? undefined : targetOf(specifier, file)
  if (target === undefined) return undefined
  const hooks = `globalThis[Symbol.for(${JSON.stringify(hooksName)})]()`
  const text = `${hooks}.then(() => import(${JSON.stringify(target)}${code.slice(end, importEnd)})`
  return { start: importStart, end: importEnd, text }
}

/** Packages are found from the new place as from the old one; files are named in full. */
function targetOf(specifier: string, file: URL): string | undefined {
  if (isOwn(specifier)) return import.meta.resolve(specifier)
  if (!/^\.{0,2}\//.test(specifier)) return specifier.startsWith('#') ? undefined : specifier
  const url = new URL(specifier, file)
  return existsSync(url) ? url.href : undefined
}

const isOwn = (specifier: string) => /^limbeck(\/|$)/.test(specifier)

function apply(edits: readonly Edit[], code: string): string {
  return edits.reduceRight(
    (text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end),
    code,
  )
}
