// Reads the database of the first argument and compares it with what it was a moment ago; prints how long
// both took together in milliseconds, how many catalog queries there were, and the most memory in
// megabytes, as JSON. Nothing is warm: neither the code nor the server's session.
import '../scripts/load-typescript.mjs'
import v8 from 'node:v8'

// As bin/limbeck.js does.
if (process.version.startsWith('v20.')) v8.setFlagsFromString('--interrupt-budget=1000000')

const { loadConnection } = await import('../src/dialects/load-connection.ts')
const { loadDialect } = await import('../src/dialects/load-dialect.ts')
const { diff } = await import('../src/diff/diff.ts')

let queries = 0
const connection = await loadConnection(
  'postgresql',
  { kind: 'url', url: process.argv[2] },
  { onStatement: sql => (queries += /\bpg_catalog\b|\bfrom pg_/.test(sql) ? 1 : 0) },
)
const dialect = await loadDialect('postgresql')

const start = performance.now()
const current = await dialect.introspect(connection)
const read = performance.now() - start
const asked = queries
const target = structuredClone(current)
const between = performance.now()
const { operations } = diff(current, target)
const compared = performance.now() - between
if (operations.length > 0) throw new Error('A database differs from itself.')
await connection.close()
const memory = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ time: read + compared, queries: asked, memory }))
