// Imported first, it lets a script import the tests' TypeScript on a Node that does not strip types.
import { register } from 'node:module'

if (!process.features.typescript) register('./typescript-hooks.mjs', import.meta.url)
