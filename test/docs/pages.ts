import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../support/source-files.ts'

/** A fenced block of a page: what kind it is, what it says, and the page's line it begins on. */
export interface CodeBlock {
  readonly page: string
  readonly line: number
  readonly language: string
  readonly text: string
}

/** Every page of the documentation, by its path in the repository. */
export function pages(): string[] {
  const below = readdirSync(join(projectRoot, 'docs'), { recursive: true }).map(String)
  const docs = below.filter(path => path.endsWith('.md')).map(path => `docs/${path}`)
  return ['README.md', 'CONTRIBUTING.md', ...docs].sort()
}

export function readPage(page: string): string {
  return readFileSync(join(projectRoot, page), 'utf8')
}

/** Changes a page in place. */
export function rewritePage(page: string, change: (source: string) => string): void {
  writeFileSync(join(projectRoot, page), change(readPage(page)))
}

/** The fenced blocks of a page, in order. */
export function codeBlocks(page: string): CodeBlock[] {
  const source = readPage(page)
  return [...source.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(
    ({ index, 1: language, 2: text }) => ({
      page,
      line: source.slice(0, index).split('\n').length,
      language: language!,
      text: text!,
    }),
  )
}

/** The file that a block stands for: its first line names it, as `// path.ts`. */
export function fileOf({ text }: CodeBlock): string | undefined {
  return /^\/\/ ([\w./-]+\.m?ts)\b/.exec(text)?.[1]
}
