// Loaded before a program (`--import`), it leaves behind the most memory that the program had, in megabytes.
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const { LIMBECK_BENCH_MEMORY: path } = process.env
  if (path) writeFileSync(path, String(process.resourceUsage().maxRSS / 1024))
})
