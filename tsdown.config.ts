import { defineConfig } from 'tsdown'

/**
 * Opening many chunks costs more than reading one: what nearly every command needs is one file with all it
 * imports, and what it takes to speak to PostgreSQL is another, which listings do without. The hooks that
 * load TypeScript run in a thread of their own, and stay small.
 */
const groups = [
  { name: 'position', priority: 3, test: /src\/text\/position\.ts$/ },
  { name: 'typescript', priority: 2, test: /src\/scripts\/(?:load-hooks|transform|tsconfig)\.ts$/ },
  { name: 'core', priority: 1, test: /src\/(?:cli\/main|commands\/current)\.ts$/ },
  { name: 'postgresql', test: /src\/dialects\/postgresql\/(?:dialect|connect\/server)\.ts$/ },
]

/**
 * All entries are built together, so that what they share lies in common chunks: the `LimbeckError`
 * that a user's config throws is the class that the command line knows.
 */
export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'commands/index': 'src/commands/index.ts',
    cli: 'src/cli/main.ts',
    'load-hooks': 'src/scripts/load-hooks.ts',
  },
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  dts: { entry: ['src/index.ts', 'src/commands/index.ts'] },
  hash: false,
  // The core holds commands that are loaded late all the same, where the library is used.
  inputOptions: { checks: { ineffectiveDynamicImport: false } },
  outputOptions: { codeSplitting: { groups } },
  sourcemap: false,
  fixedExtension: false,
})
