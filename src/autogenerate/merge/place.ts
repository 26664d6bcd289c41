import { loadDialect } from '../../dialects/load-dialect.ts'
import { loadEnvironment } from '../../environment/environment.ts'
import { thisOperator } from '../../environment/operator.ts'
import type { Project } from '../../environment/project.ts'
import { runEnvironment } from '../../environment/run-environment.ts'
import { scriptContext } from '../../environment/script-context.ts'
import { LimbeckError } from '../../errors.ts'
import { Ledger } from '../../runtime/ledger.ts'
import type { MigrationSession } from '../../runtime/migration-session.ts'
import { VersionTable } from '../../runtime/version-table.ts'
import { openScratchAlone, openScratchBeside } from '../open-scratch.ts'
import type { MergeProof, ProofPlace } from './proof.ts'

/** A proof, and why it had to do without the project's database where it was not reached. */
export type PlacedProof = MergeProof & { readonly withoutDatabase?: string | undefined }

type Prove = (place: ProofPlace) => Promise<MergeProof>

/**
 * Hands over a place where revisions can be replayed: beside the database of env.ts; or, where none is
 * reached, in an embedded PostgreSQL or in the scratch database that the config names.
 */
export async function proveSomewhere(project: Project, prove: Prove): Promise<PlacedProof> {
  const { scratch } = project.config
  if (scratch === 'none') {
    return { kind: 'unproved', reason: 'The config turns scratch databases off.' }
  }
  const beside = await proveBesideDatabase(project, prove)
  if (typeof beside !== 'string') return beside
  if (scratch === 'server') return { kind: 'unproved', reason: beside }
  return { ...(await prove(await placeAlone(project))), withoutDatabase: beside }
}

/** The proof, or why there is no database to make another one beside. */
async function proveBesideDatabase(project: Project, prove: Prove): Promise<MergeProof | string> {
  const proofs: Promise<MergeProof>[] = []
  try {
    const environment = await loadEnvironment(project)
    const work = async (session: MigrationSession) => {
      // Of several databases one is enough: they all have the same revisions.
      if (proofs.length === 0) proofs.push(prove(placeBeside(project, session)))
      await proofs[0]
    }
    await runEnvironment({ project, environment, work })
  } catch (error) {
    if (proofs.length > 0 || !(error instanceof LimbeckError)) throw error
    return error.message
  }
  return proofs[0]!
}

function placeBeside(project: Project, session: MigrationSession): ProofPlace {
  const { dialect, versionTable, ledger, scriptContext: context } = session
  const open = () => openScratchBeside(project, session)
  return { dialect, versionTable, ledger, context, open }
}

async function placeAlone(project: Project): Promise<ProofPlace> {
  const { config } = project
  const { versionTable: name, versionTableSchema: schema, scratch: mode = 'embedded' } = config
  const dialect = await loadDialect(config.dialect)
  return {
    dialect,
    versionTable: new VersionTable(dialect, { schema, name }),
    ledger: new Ledger(dialect, schema, thisOperator()),
    context: scriptContext(project, dialect.name),
    open: () => openScratchAlone(project, mode, dialect.name),
  }
}
