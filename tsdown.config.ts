import { defineConfig } from 'tsdown'

/**
 * Opening many chunks costs more than reading one: what `current` needs, and so nearly every command, is
 * one file with all it imports. The hooks that load TypeScript run in a thread of their own, and stay small.
 */
const groups = [
  { name: 'position', priority: 2, test: /src\/text\/position\.ts$/ },
  { name: 'typescript', priority: 1, test: /src\/scripts\/(?:load-hooks|transform|tsconfig)\.ts$/ },
  {
    name: 'core',
    test: /src\/(?:cli\/main|commands\/current|dialects\/postgresql\/(?:dialect|connect\/server))\.ts$/,
  },
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
