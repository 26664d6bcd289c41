import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the templates that come with limbeck. */
export function packagedTemplates(): string {
  return nearestTemplates(dirname(fileURLToPath(import.meta.url)))
}

/** Sources and bundles lie at different depths below the package's root. */
function nearestTemplates(folder: string): string {
  const templates = join(folder, 'templates')
  const above = dirname(folder)
  return existsSync(templates) || above === folder ? templates : nearestTemplates(above)
}
