import * as limbeck from '../../../src/index.ts'
import { record } from '../../../src/operations/op.ts'
import type { Operation } from '../../../src/operations/operation.ts'
import { renderOperations } from '../../../src/scripts/render/render.ts'

/** What a script would record whose `upgrade` is the rendered operations. */
export function recordRendered(operations: readonly Operation[]): Operation[] {
  const { body, imports } = renderOperations(operations, { defaultSchema: 'public' })
  const names = Object.fromEntries(imports.map(name => [name, Reflect.get(limbeck, name)]))
  const upgrade = new Function(...imports, 'op', body)
  return record(op => upgrade(...Object.values(names), op))
}
