import type { CreateIndex, DropIndex } from '../../operations/operation.ts'
import type { Situation } from './situation.ts'
import { alone, type OnlineForm, plain, type Step } from './step.ts'
import { temporaryName } from './temporary-name.ts'

/** An index on a table that is in use. One of a partitioned table takes in those that its partitions got before. */
export function indexForm(operation: CreateIndex, situation: Situation): OnlineForm {
  const { index } = operation
  if (index.name === undefined || index.concurrently) return plain(operation)
  if (situation.isPartitioned(index)) return plain(operation)
  return { steps: [buildStep(operation)] }
}

/** An index that goes; `isInTheWay` of something that is done at once: then it is, too. */
export function indexDropForm(
  operation: DropIndex,
  isInTheWay: boolean,
  situation: Situation,
): OnlineForm {
  const { table, existing, name } = operation
  if (operation.ifExists || operation.cascade || existing?.attachedTo) return plain(operation)
  if (table !== undefined && situation.isPartitioned({ schema: operation.schema, table })) {
    return plain(
      operation,
      `index ${name} is dropped while ${situation.names.table({ schema: operation.schema, table })} is locked: PostgreSQL drops no index of a partitioned table concurrently`,
    )
  }
  return isInTheWay ? plain(operation) : { steps: [dropStep(operation)] }
}

/** An index that becomes another under its name: the old one serves until the new one is there. */
export function changedIndexForm(dropped: DropIndex, created: CreateIndex): OnlineForm {
  const { index } = created
  const name = index.name ?? ''
  const waiting = { ...index, name: temporaryName(name) }
  return {
    steps: [
      buildStep({ ...created, index: waiting }),
      dropStep(dropped),
      alone({ kind: 'renameObject', object: waiting, newName: name }, 'indexes'),
    ],
  }
}

function buildStep(operation: CreateIndex): Step {
  const index = { ...operation.index, concurrently: true }
  return { operation: { ...operation, index }, stage: 'outside', about: 'indexes' }
}

function dropStep(operation: DropIndex): Step {
  return { operation: { ...operation, concurrently: true }, stage: 'outside', about: 'indexes' }
}
