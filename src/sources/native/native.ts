import { LimbeckError } from '../../errors.ts'
import { Naming } from '../../operations/naming.ts'
import type { ObjectKind } from '../../schema/index.ts'
import type { SchemaSource, SourceContent, SourceContext } from '../source.ts'
import { collect } from './collect.ts'
import { nativeHints } from './hints.ts'
import { createOperations } from './operations.ts'

/** Kinds that native models always speak for: a table that they do not declare is not wanted. */
const always: readonly ObjectKind[] = ['enum', 'table', 'constraint', 'index']

/**
 * The schema that native models declare: a module (`import * as models`), one declaration, or
 * arrays and objects of either. Exports of another kind are left alone.
 */
export function native(models: unknown): SchemaSource {
  return { name: 'native models', load: async context => loadModels(models, context) }
}

function loadModels(models: unknown, { dialect, namingConvention }: SourceContext): SourceContent {
  const declared = collect(models, new Naming(namingConvention, dialect))
  if (declared.length === 0) throw nothingDeclared()
  const operations = createOperations(declared.map(({ object }) => object))
  const kinds = new Set([...always, ...declared.map(({ object }) => object.kind)])
  if (operations.some(({ kind }) => kind === 'createSchema')) kinds.add('schema')
  const hints = nativeHints(declared.map(({ object }) => object))
  return { operations, expresses: [...kinds], hints }
}

function nothingDeclared(): LimbeckError {
  return new LimbeckError('TARGET_EMPTY', 'The target declares no table, nor anything else.', {
    hint: 'Export what table(…), view(…) and the like return, and name that module as the target.',
  })
}
