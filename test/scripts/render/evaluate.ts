import type { NamingConvention } from '../../../src/config/config.ts'
import * as limbeck from '../../../src/index.ts'
import { Naming } from '../../../src/operations/naming.ts'
import { record } from '../../../src/operations/op.ts'
import type { Operation } from '../../../src/operations/operation.ts'
import { renderOperations } from '../../../src/scripts/render/render.ts'
import * as own from './own-operations.ts'

/** What a script would record whose `upgrade` is the rendered operations. */
export function recordRendered(
  operations: readonly Operation[],
  namingConvention?: NamingConvention,
): Operation[] {
  const options = { defaultSchema: 'public', namingConvention }
  const { body, imports } = renderOperations(operations, options)
  const modules = { limbeck, [own.module]: own }
  const names = Object.entries(modules).flatMap(([module, exports]) =>
    imports.of(module).map(name => [name, Reflect.get(exports, name)] as const),
  )
  const upgrade = new Function(...names.map(([name]) => name), 'op', body)
  const naming = new Naming(namingConvention)
  return record(op => upgrade(...names.map(([, value]) => value), op), naming)
}
