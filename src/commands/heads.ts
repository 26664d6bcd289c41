import { openProject } from '../environment/project.ts'
import { readScripts } from '../environment/scripts.ts'
import type { HeadsInput } from './inputs.ts'
import type { HeadsResult } from './results/graph.ts'
import { revisionLine } from './revision-line.ts'

/** Lists the revisions that nothing follows. */
export async function heads(input: HeadsInput): Promise<HeadsResult> {
  const { graph } = await readScripts(await openProject(input))
  const nodes = input.resolveDependencies ? graph.realHeads : graph.heads
  return { revisions: nodes.map(node => revisionLine(node)) }
}
