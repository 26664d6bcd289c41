import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** The project's folder. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url))

/** One import of one source file, both as paths below `src`. */
export interface SourceImport {
  readonly from: string
  readonly to: string
}

/** Every TypeScript file below `src`, as a path relative to it. */
export function sourceFiles(): string[] {
  return readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts'))
    .sort()
}

/** The relative imports of a source file: static, dynamic, re-exports, and those of types alone. */
export function importsOf(file: string): SourceImport[] {
  const text = readFileSync(join(projectRoot, 'src', file), 'utf8')
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => ({ from: file, to: relative('.', join(dirname(file), fileName)) }))
}

/** A page below `docs`; an empty text where it is not written yet. */
export function docsPage(path: string): string {
  try {
    return readFileSync(join(projectRoot, 'docs', path), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
