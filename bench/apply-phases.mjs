// One `limbeck upgrade head` in the project of the first argument; prints how long its phases took, in
// milliseconds, as JSON. They overlap: the first scripts run while later ones are loaded.
import pg from 'pg'
import { upgrade } from '../dist/commands/index.js'

const times = {}
const note = name => {
  times[name] ??= performance.now()
}

const { query } = pg.Client.prototype
pg.Client.prototype.query = function (config, ...rest) {
  const text = config?.text ?? config
  if (text === 'BEGIN') note('begin')
  const answer = query.call(this, config, ...rest)
  return text === 'COMMIT' ? answer.finally(() => note('commit')) : answer
}

await upgrade({
  cwd: process.argv[2],
  revision: 'head',
  report: ({ type }) => note(type),
})
const { context, step, begin, commit } = times
const working = performance.now() - context
// The first step is told of when every script is loaded.
console.log(JSON.stringify({ working, loading: step - context, applying: commit - begin }))
