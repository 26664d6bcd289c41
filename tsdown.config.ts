import { defineConfig } from 'tsdown'

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
  dts: true,
  clean: true,
  sourcemap: false,
  fixedExtension: false,
})
