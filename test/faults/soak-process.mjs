// Upgrades and downgrades as often as it is told, and answers with what it holds then.
import { pathToFileURL } from 'node:url'

const library = pathToFileURL(`${process.cwd()}/node_modules/limbeck/dist/commands/index.js`)
const { downgrade, upgrade } = await import(library.href)
const input = { cwd: process.cwd(), report: () => {} }

process.on('message', async rounds => {
  for (let round = 0; round < rounds; round++) {
    await upgrade({ ...input, revision: 'head' })
    await downgrade({ ...input, revision: 'base', yes: true })
  }
  await new Promise(resolve => setTimeout(resolve, 50))
  globalThis.gc()
  process.send({
    heap: process.memoryUsage().heapUsed,
    handles: process.getActiveResourcesInfo().length,
  })
})
