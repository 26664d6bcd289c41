// `npm run bench -- NAME [--json]`: runs bench/NAME.mjs and prints its ratios.
import { existsSync, readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { ensureBuilt } from '../scripts/ensure-built.mjs'

const words = process.argv.slice(2)
const name = words.find(word => !word.startsWith('-'))
const file = new URL(`${name}.mjs`, import.meta.url)

if (name === undefined || name === 'run' || !existsSync(file)) {
  console.error('Usage: npm run bench -- NAME [--json], where bench/NAME.mjs is a benchmark.')
  process.exitCode = 2
} else {
  ensureBuilt()
  const { bench } = await import(file.href)
  const result = { name, ...(await bench()) }
  if (words.includes('--json')) console.log(JSON.stringify({ ...result, ...surroundings(result) }))
  else print(result)
}

/** What has to be known to compare two results. */
function surroundings({ versions }) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const [cpu, ...others] = cpus()
  return {
    machine: {
      platform: `${process.platform}-${process.arch}`,
      cpu: cpu?.model.trim(),
      cores: others.length + 1,
      memoryGb: Math.round(totalmem() / 2 ** 30),
    },
    versions: { limbeck: version, node: process.version.slice(1), ...versions },
  }
}

/** Every subject against the baseline, in milliseconds; then figures that have no baseline. */
function print({ baseline, medians, limits = {}, figures = [] }) {
  const base = medians[baseline]
  console.log(`${baseline}: median ${base.toFixed(1)} ms`)
  for (const [subject, median] of Object.entries(medians)) {
    if (subject === baseline) continue
    const difference = median - base
    const limit = limits[subject]
    const verdict =
      limit === undefined ? '' : ` — ${difference <= limit ? 'within' : 'OVER'} ${limit} ms`
    console.log(
      `${subject}: median ${median.toFixed(1)} ms, ` +
        `+${difference.toFixed(1)} ms, ${(median / base).toFixed(2)} times${verdict}`,
    )
  }
  for (const { name, value, unit, limit } of figures) {
    const verdict =
      limit === undefined ? '' : ` — ${value <= limit ? 'within' : 'OVER'} ${limit} ${unit}`
    console.log(`${name}: ${value.toFixed(2)} ${unit}${verdict}`)
  }
}
