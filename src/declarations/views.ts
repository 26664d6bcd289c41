import type { Index, MaterializedView, View } from '../schema/index.ts'
import { Declaration } from './declaration.ts'
import { type IndexBuilder, indexOn, type Parameters, parameters } from './indexes.ts'
import { type SqlText, sqlText } from './sql.ts'

export interface ViewOptions extends Omit<View, 'kind' | 'name' | 'definition' | 'options'> {
  /** security_barrier, security_invoker, check_option. */
  readonly options?: Parameters | undefined
}

/** Declares a view by its query. */
export function view(
  name: string,
  definition: SqlText,
  { schema, options, ...rest }: ViewOptions = {},
): Declaration<View> {
  return new Declaration({
    kind: 'view',
    schema,
    name,
    definition: sqlText(definition),
    ...rest,
    options: parameters(options),
  })
}

export interface MaterializedViewOptions
  extends Omit<MaterializedView, 'kind' | 'name' | 'definition' | 'options'> {
  readonly options?: Parameters | undefined
  readonly indexes?: readonly IndexBuilder[] | undefined
}

/** A declared materialized view with its indexes. */
export class MaterializedViewDeclaration extends Declaration<MaterializedView> {
  readonly indexes: readonly Index[]

  constructor(object: MaterializedView, indexes: readonly IndexBuilder[]) {
    super(object)
    this.indexes = indexes.map(({ body }) => indexOn(object, body))
  }
}

/** Declares a materialized view by its query. */
export function materializedView(
  name: string,
  definition: SqlText,
  { schema, options, indexes = [], ...rest }: MaterializedViewOptions = {},
): MaterializedViewDeclaration {
  const object: MaterializedView = {
    kind: 'materializedView',
    schema,
    name,
    definition: sqlText(definition),
    ...rest,
    options: parameters(options),
  }
  return new MaterializedViewDeclaration(object, indexes)
}
