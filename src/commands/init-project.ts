import { join } from 'node:path'
import { contentOf } from '../files/content.ts'
import type { FileToWrite } from '../files/write-together.ts'

/** The packages a project needs beside limbeck, in the versions it is made for. */
export const drivers = {
  server: { name: 'pg', range: '^8.23.0' },
  embedded: { name: '@electric-sql/pglite', range: '^0.5.0' },
} as const

export type Driver = (typeof drivers)[keyof typeof drivers]

interface PackageFile {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/**
 * package.json with the driver added: the embedded one for development, the other where limbeck
 * stands. Undefined where there is no readable package.json, or it has the driver already.
 */
export function packageWithDriver(folder: string, driver: Driver): FileToWrite | undefined {
  const path = join(folder, 'package.json')
  const text = contentOf(path)
  const content = text === undefined ? undefined : parsed(text)
  if (text === undefined || content === undefined || hasPackage(content, driver.name)) {
    return undefined
  }
  const section = sectionFor(driver, content)
  const packages = { ...content[section], [driver.name]: driver.range }
  const sorted = Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1))
  const changed = { ...content, [section]: Object.fromEntries(sorted) }
  return { path, content: `${JSON.stringify(changed, undefined, indentOf(text))}\n` }
}

/** Whether package.json lists a package in any way. */
export function listsPackage(folder: string, name: string): boolean {
  const content = parsed(contentOf(join(folder, 'package.json')) ?? '')
  return content !== undefined && hasPackage(content, name)
}

const hasPackage = (content: PackageFile, name: string): boolean =>
  [content.dependencies, content.devDependencies, content.optionalDependencies].some(
    section => section !== undefined && Object.hasOwn(section, name),
  )

function sectionFor(driver: Driver, { dependencies = {} }: PackageFile) {
  const isForProduction = driver === drivers.server && Object.hasOwn(dependencies, 'limbeck')
  return isForProduction ? 'dependencies' : 'devDependencies'
}

function parsed(text: string): PackageFile | undefined {
  try {
    return JSON.parse(text) as PackageFile
  } catch {
    return undefined
  }
}

const indentOf = (text: string): string => /^([ \t]+)\S/m.exec(text)?.[1] ?? '  '

/** .gitignore with `.limbeck/` in it: databases and caches that can be made again. */
export function gitignoreWithLimbeck(folder: string): FileToWrite | undefined {
  const path = join(folder, '.gitignore')
  const text = contentOf(path) ?? ''
  if (/^\/?\.limbeck\/?\s*$/m.test(text)) return undefined
  const gap = text === '' || text.endsWith('\n') ? '' : '\n'
  return { path, content: `${text}${gap}.limbeck/\n` }
}
