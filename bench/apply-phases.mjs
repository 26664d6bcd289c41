// One `limbeck upgrade head` in the project of the first argument; prints how long its phases took, in
// milliseconds, as JSON: loading and recording the scripts, then from the first statement to the commit.
import { upgrade } from '../dist/commands/index.js'

const times = {}
const note = name => {
  times[name] ??= performance.now()
}
await upgrade({
  cwd: process.argv[2],
  revision: 'head',
  report: ({ type }) => note(type),
})
const end = performance.now()
console.log(JSON.stringify({ loading: times.step - times.context, applying: end - times.step }))
