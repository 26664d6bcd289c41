import packageJson from '../package.json' with { type: 'json' }

/** limbeck's own version. */
export const version: string = packageJson.version
