import { listTemplates as templatesOfPackage } from './find-template.ts'
import type { ListTemplatesInput } from './inputs.ts'
import type { ListTemplatesResult } from './results/init.ts'

/** Lists what `init` can start from. */
export async function listTemplates(_input: ListTemplatesInput): Promise<ListTemplatesResult> {
  return { templates: templatesOfPackage() }
}
