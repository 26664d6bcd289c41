import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { temporaryRoot } from '../support/temporary-root.ts'
import { isOffline, type TextRevision, type TextVector } from './text-vector.ts'

/** The folder of a vector's project. */
export interface TextProject {
  readonly folder: string
  remove(): void
}

/** Writes the project of a vector: its config, and its revision files with their very docstrings. */
export function writeTextProject(vector: TextVector, databaseUrl: string): TextProject {
  const folder = mkdtempSync(join(temporaryRoot(), 'limbeck-vector-'))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  mkdirSync(join(folder, 'versions'))
  write('package.json', '{ "type": "module" }\n')
  write('limbeck.config.js', `export default ${JSON.stringify(configOf(vector, databaseUrl))}\n`)
  for (const revision of vector.graph.revisions) {
    write(revision.file.replace(/\.py$/, '.ts'), revisionText(revision))
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

function configOf(vector: TextVector, databaseUrl: string): object {
  const { url = 'sqlite:' } = vector.graph
  if (!isOffline(vector)) return { scriptLocation: '.', url: databaseUrl }
  return {
    scriptLocation: '.',
    dialect: url.split(':')[0],
    offlineLedger: false,
    offlineGuards: false,
  }
}

function revisionText({ id, down, dependsOn, labels, doc }: TextRevision): string {
  const constants = { revision: id, downRevision: down, branchLabels: labels, dependsOn }
  return [
    '/**',
    ...doc.split('\n').map(line => (line === '' ? ' *' : ` * ${line}`)),
    ' */',
    ...Object.entries(constants).map(
      ([name, value]) => `export const ${name} = ${JSON.stringify(value)}`,
    ),
    'export function upgrade() {}',
    'export function downgrade() {}',
    '',
  ].join('\n')
}
