import { changesNames, type Naming } from '../operations/naming.ts'
import {
  type Constraint,
  chosenDomainCheckName,
  chosenName,
  type Domain,
  type Index,
  type SchemaObject,
  type Table,
} from '../schema/index.ts'

type Named = Constraint | Index

/**
 * The objects without the names that the project's naming convention gives them, or else the database:
 * a model says only what was chosen.
 */
export function leaveNames(objects: readonly SchemaObject[], naming: Naming): SchemaObject[] {
  const names = new NamesInUse(objects)
  return objects.map(object => {
    if (object.kind === 'domain') return withoutCheckNames(object, names)
    if (object.kind !== 'constraint' && object.kind !== 'index') return object
    return withNameToWrite(object, names, naming)
  })
}

/** With what has to be said of its name: nothing, the part that the convention wants, or all of it. */
function withNameToWrite(object: Named, names: NamesInUse, naming: Naming): Named {
  if (changesNames(naming.convention, object)) return withPart(object, naming)
  if (names.isSpokenOf(object)) return object
  const unnamed = { ...object, name: undefined }
  const given = conventionName(unnamed, naming) ?? names.chosenBy(unnamed)
  return given === object.name ? unnamed : object
}

/** The name that the convention makes; undefined where it makes none. */
function conventionName(object: Named, naming: Naming): string | undefined {
  try {
    return naming.named(object).name
  } catch {
    // It is made of columns, and an index or a check may have none.
    return undefined
  }
}

const placeholder = '\u0001'

/** Named by what the convention puts into its name; where it makes another one of that, finally. */
function withPart(object: Named, naming: Naming): Named {
  const { name = '' } = object
  const pattern = conventionName({ ...object, name: placeholder }, naming) ?? ''
  const [before = '', after = ''] = pattern.split(placeholder)
  const part = { ...object, name: name.slice(before.length, name.length - after.length) }
  const isWhole = part.name !== '' && conventionName(part, naming) === name
  return isWhole ? part : { ...object, hasFinalName: true }
}

function withoutCheckNames(domain: Domain, names: NamesInUse): Domain {
  const chosen = chosenDomainCheckName(domain.name)
  const checks = domain.checks.map(check => {
    const isLeft =
      check.name === chosen && check.comment === undefined && names.isOnly(domain, chosen)
    return isLeft ? { ...check, name: undefined } : check
  })
  return { ...domain, checks }
}

/** Fields that make statements in which the name is needed. */
const mentions = new Set([
  'comment',
  'indexComment',
  'clustered',
  'attachedTo',
  'only',
  'statistics',
])

/** The names that have to differ from each other, and the tables they are on. */
class NamesInUse {
  readonly #counts = new Map<string, number>()
  readonly #tables = new Map<string, Table>()
  readonly #spokenOf = new Set<string>()

  constructor(objects: readonly SchemaObject[]) {
    for (const object of objects) {
      for (const name of namesOf(object)) this.#count(key(object, name))
      if (object.kind === 'table') this.#tables.set(key(object, object.name), object)
      for (const name of indexesSpokenOf(object)) this.#spokenOf.add(name)
    }
  }

  #count(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }

  /** Whether nothing else of the schema has a name: the database would count on. */
  isOnly(place: object, name: string): boolean {
    return this.#counts.get(key(place, name)) === 1
  }

  /** The name that the database gives an unnamed one. */
  chosenBy(unnamed: Named): string | undefined {
    const table = this.#tables.get(key(unnamed, unnamed.table))
    const name = chosenName(unnamed, table?.columns.map(column => column.name) ?? [])
    return name !== undefined && this.isOnly(unnamed, name) ? name : undefined
  }

  /**
   * Whether something refers to it by its name: a comment, another object, or the rules by which
   * partitions and heirs have their parents' constraints.
   */
  isSpokenOf(object: Named): boolean {
    const table = this.#tables.get(key(object, object.table))
    const isShared = table?.partitionOf ?? table?.partitionBy ?? table?.inherits
    const isMentioned = Object.entries(object).some(
      ([field, value]) => value !== undefined && mentions.has(field),
    )
    return isShared !== undefined || isMentioned || this.#spokenOf.has(key(object, object.name))
  }
}

function namesOf(object: SchemaObject): string[] {
  if (object.kind === 'domain') return object.checks.flatMap(({ name }) => name ?? [])
  const hasOwn = ['constraint', 'index', 'table', 'view', 'materializedView', 'sequence']
  return hasOwn.includes(object.kind) && 'name' in object && object.name ? [object.name] : []
}

function indexesSpokenOf(object: SchemaObject): string[] {
  if (object.kind !== 'table' || typeof object.replicaIdentity !== 'object') return []
  return [key(object, object.replicaIdentity.index)]
}

const key = (place: object, name: string | undefined): string =>
  `${'schema' in place ? place.schema : ''}.${name}`
