// npm run -s vectors -- PATH…: holds limbeck's answers against those recorded from Alembic.
import './load-typescript.mjs'
import { existsSync } from 'node:fs'

const paths = process.argv.slice(2)
const missing = paths.filter(path => !existsSync(path))
if (paths.length === 0 || missing.length > 0) {
  for (const path of missing) console.error(`There is no ${path}.`)
  console.error('usage: npm run -s vectors -- PATH…')
  process.exit(2)
}

const { describeReport, runVectors } = await import('../test/alembic/run-vectors.ts')

const lines = describeReport(await runVectors(paths))
console.log(lines.join('\n'))
const [passed, failed] = lines.at(-1).match(/\d+/g).map(Number)
process.exitCode = passed > 0 && failed === 0 ? 0 : 1
