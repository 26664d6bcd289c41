import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diff } from '../../src/diff/diff.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { reverseAll } from '../../src/operations/reverse.ts'
import {
  type DatabaseSchema,
  type ObjectId,
  objectId,
  type SchemaObject,
} from '../../src/schema/index.ts'
import { foreignKey, primaryKey, routine, schemaOf, table, view } from './schemas.ts'

/** Two versions of one object differ by this, so that it has to be replaced. */
type Version = 1 | 2

const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const

/** What an object needs is in its text, as in real ones: equal objects need the same. */
const maker = {
  table: (name: string, version: Version) =>
    table(name, undefined, version === 1 ? {} : { partitionBy: 'RANGE (id)' }),
  view: (name: string, version: Version, needs: readonly ObjectId[]) =>
    view(`v${name}`, `SELECT ${version} FROM ${needs}`),
  routine: (name: string, version: Version, needs: readonly ObjectId[]) =>
    routine(`f${name}`, { returns: version === 1 ? 'integer' : 'text', body: `${needs}` }),
}

/** Objects that need only earlier ones, and foreign keys that may refer to any table. */
const schema: fc.Arbitrary<DatabaseSchema> = fc
  .tuple(
    fc.subarray([...letters]).chain(names =>
      fc.shuffledSubarray(names, { minLength: names.length }).chain(shuffled =>
        fc.tuple(
          ...shuffled.map(name =>
            fc.record({
              name: fc.constant(name),
              kind: fc.constantFrom('table', 'view', 'routine'),
              version: fc.constantFrom<Version>(1, 2),
              needs: fc.array(fc.nat(6), { maxLength: 3 }),
            }),
          ),
        ),
      ),
    ),
    fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 6 }),
  )
  .map(([items, keys]) => {
    const needs = new Map<ObjectId, ObjectId[]>()
    const objects: ReturnType<(typeof maker)[keyof typeof maker]>[] = []
    for (const { kind, name, version, needs: wanted } of items) {
      // What a table itself needs could not wait, and its keys are not to be a circle with it.
      const earlier = kind === 'table' ? [] : objects
      const list = [...new Set(wanted.flatMap(n => earlier[n] ?? []).map(objectId))]
      const object = maker[kind](name, version, list)
      needs.set(objectId(object), list)
      objects.push(object)
    }
    const tables = objects.filter(object => object.kind === 'table').map(({ name }) => name)
    const at = (n: number) => tables[n % tables.length] ?? ''
    const pairs = tables.length === 0 ? [] : keys.map(([from, to]) => [at(from), at(to)] as const)
    const constraints = pairs.map(([from, to]) => ({
      ...foreignKey(from, 'id', to),
      name: `${from}_${to}_fkey`,
    }))
    for (const [position, [, to]] of pairs.entries()) {
      const key = `constraint:public.${to}.${to}_pkey`
      needs.set(objectId(constraints[position]!), [`table:public.${to}`, key])
    }
    return schemaOf(
      [...objects, ...tables.map(primaryKey), ...constraints],
      Object.fromEntries(needs),
    )
  })

test('everything that an operation needs is there when it comes, on the way and back', () => {
  fc.assert(
    fc.property(schema, schema, (current, target) => {
      const { operations } = diff(current, target)
      const world = new World(current, target)
      for (const operation of operations) world.run(operation)
      expect(world.objects).toEqual(target.objects)
      const back = new World(target, current)
      for (const operation of reverseAll(operations)) back.run(operation)
      expect(back.objects).toEqual(current.objects)
    }),
    { numRuns: 1500 },
  )
})

test('dropping everything is creating it, backwards', () => {
  fc.assert(
    fc.property(schema, all => {
      const none = schemaOf([])
      const created = diff(none, all).operations
      const dropped = diff(all, none).operations
      expect(checked(reverseAll(dropped))).toEqual(checked(created))
    }),
    { numRuns: 500 },
  )
})

/** Bodies come back unchecked, since nobody knows when. */
function checked(operations: readonly Operation[]): object[] {
  return operations.map(operation => ({ ...operation, uncheckedBody: undefined }))
}

/** Refuses to create an object before what it needs, and to drop it before what needs it. */
class World {
  readonly objects: Map<ObjectId, SchemaObject>
  readonly #sides: readonly DatabaseSchema[]

  constructor(current: DatabaseSchema, target: DatabaseSchema) {
    this.objects = new Map(current.objects)
    this.#sides = [target, current]
  }

  run(operation: Operation): void {
    switch (operation.kind) {
      case 'createTable':
        this.#create(operation.table)
        for (const constraint of operation.constraints) this.#create(constraint)
        break
      case 'dropTable':
        for (const constraint of operation.existing?.constraints ?? []) this.#forget(constraint)
        this.#drop([operation.existing!.table, ...operation.existing!.constraints])
        break
      case 'createConstraint':
        this.#create(operation.constraint)
        break
      case 'dropConstraint':
        this.#drop([operation.existing!])
        break
      case 'replaceRoutine':
        this.#forget(operation.object)
        this.#create(operation.object)
        break
      default:
        if (!('object' in operation)) throw new Error(`unexpected ${operation.kind}`)
        if (operation.kind.startsWith('create')) this.#create(operation.object as SchemaObject)
        else this.#drop([(operation as { existing?: SchemaObject }).existing!])
    }
  }

  #create(object: SchemaObject): void {
    const id = objectId(object)
    expect(this.objects.has(id), `${id} is created twice`).toBe(false)
    for (const need of this.#needs(object)) {
      expect(this.objects.has(need), `${id} is created before ${need}`).toBe(true)
    }
    this.objects.set(id, object)
  }

  #forget(object: SchemaObject): void {
    this.objects.delete(objectId(object))
  }

  #drop(objects: readonly SchemaObject[]): void {
    for (const object of objects) this.#forget(object)
    const gone = new Set(objects.map(objectId))
    for (const [id, object] of this.objects) {
      for (const need of this.#needs(object)) {
        expect(gone.has(need), `${need} is dropped before ${id}`).toBe(false)
      }
    }
  }

  /** What this version of the object needs: it is one side's, or the same on both. */
  #needs(object: SchemaObject): readonly ObjectId[] {
    const id = objectId(object)
    const side = this.#sides.find(
      ({ objects }) => JSON.stringify(objects.get(id)) === JSON.stringify(object),
    )
    const host = object.kind === 'constraint' ? [`table:public.${object.table}`] : []
    return [...host, ...(side?.dependencies.get(id) ?? [])]
  }
}
