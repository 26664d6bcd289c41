import { defineConfig } from 'tsdown'

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
  sourcemap: false,
  fixedExtension: false,
})
