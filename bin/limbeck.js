#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import module from 'node:module'
import v8 from 'node:v8'

const words = process.argv.slice(2)

// Answered before anything else is loaded: scripts ask for the version often.
if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  console.log(`limbeck ${version}`)
} else {
  // Node 20 optimises early, which costs a program of a second more than it brings. Later ones wait longer.
  if (process.version.startsWith('v20.')) v8.setFlagsFromString('--interrupt-budget=1000000')
  module.enableCompileCache?.()
  const { main } = await import('../dist/cli.js')
  process.exitCode = await main(words)
}
