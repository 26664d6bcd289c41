import type { CreateConstraint, DropConstraint, Operation } from '../../operations/operation.ts'
import type { Constraint } from '../../schema/index.ts'
import type { Situation } from './situation.ts'
import { alone, type OnlineForm, plain, type Step } from './step.ts'
import { temporaryName } from './temporary-name.ts'

/** A constraint on a table that is in use. */
export function constraintForm(operation: CreateConstraint, situation: Situation): OnlineForm {
  const { constraint } = operation
  const reason = reasonAgainst(constraint, situation)
  if (reason !== undefined) return plain(operation, reason)
  if (isKey(constraint)) return { steps: [keyStep(operation)] }
  if (!canWait(constraint)) return plain(operation)
  return { steps: waitingSteps(constraint) }
}

/** A key that becomes another under its name: the old one stays until the new one is there. */
export function changedKeyForm(dropped: DropConstraint, created: CreateConstraint): OnlineForm {
  const { constraint } = created
  const name = constraint.name ?? ''
  const waiting = { ...constraint, name: temporaryName(name) }
  return {
    steps: [
      keyStep({ ...created, constraint: waiting }),
      alone(dropped, 'indexes'),
      alone({ kind: 'renameObject', object: waiting, newName: name }, 'indexes'),
    ],
  }
}

/** A constraint that is there for new rows at once, and checks the others later. */
export function waitingSteps(constraint: Constraint): Step[] {
  const { schema, table, name = '' } = constraint
  const create: Operation = {
    kind: 'createConstraint',
    constraint: { ...constraint, notValid: true } as Constraint,
  }
  return [
    { operation: create, stage: 'inside', about: 'not valid' },
    validation({ schema, table, name }),
  ]
}

export function validation(on: { schema?: string | undefined; table: string; name: string }): Step {
  return alone({ kind: 'validateConstraint', ...on }, 'validate')
}

function keyStep(operation: CreateConstraint): Step {
  return { operation: { ...operation, concurrently: true }, stage: 'outside', about: 'indexes' }
}

function isKey({ type }: Constraint): boolean {
  return type === 'primaryKey' || type === 'unique'
}

function canWait(constraint: Constraint): boolean {
  if (constraint.type !== 'foreignKey' && constraint.type !== 'check') return false
  return constraint.name !== undefined && !constraint.notValid && !constraint.notEnforced
}

/** Why nothing but the plain form is there for it. */
function reasonAgainst(constraint: Constraint, situation: Situation): string | undefined {
  const what = `${constraint.name ?? 'a constraint'} of ${situation.names.table(constraint)}`
  if ('attachedTo' in constraint && constraint.attachedTo)
    return `${what} belongs to a key of its parent, and is built while the table is locked`
  if (constraint.type === 'exclude')
    return `${what} is built while the table is locked: PostgreSQL has no other way for exclusion constraints`
  if (isKey(constraint) && 'withoutOverlaps' in constraint && constraint.withoutOverlaps)
    return `${what} is built while the table is locked: a key WITHOUT OVERLAPS cannot take an index that is there`
  if (!situation.isPartitioned(constraint)) return undefined
  if (isKey(constraint))
    return `${what} is built while the table is locked: an index of a partitioned table cannot be built concurrently`
  if (constraint.type === 'foreignKey')
    return `${what} is checked while the table is locked: before PostgreSQL 18 a foreign key of a partitioned table cannot be NOT VALID`
  return undefined
}
