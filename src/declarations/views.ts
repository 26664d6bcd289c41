import type { Index, MaterializedView, View } from '../schema/index.ts'
import { checked, placeOf, takes } from './checked.ts'
import { Declaration } from './declaration.ts'
import { type IndexBuilder, indexOn, type Parameters, parameters } from './indexes.ts'
import * as is from './shapes.ts'
import { type SqlText, sqlText } from './sql.ts'

export interface ViewOptions
  extends Omit<View, 'kind' | 'name' | 'definition' | 'columns' | 'options'> {
  /** security_barrier, security_invoker, check_option. */
  readonly options?: Parameters | undefined
}

const arguments_ = { name: is.name, definition: is.sqlAfter('CREATE') }

const shared = {
  schema: is.name,
  options: is.parameters,
  comment: is.text,
  columnNames: is.filledListOf(is.name, 'a list of names'),
  columnComments: is.recordOf(is.text),
}

/** What a view is told. */
export const viewTakes = takes(arguments_, {
  ...shared,
  columnDefaults: is.recordOf(is.text),
} satisfies is.ShapesOf<ViewOptions>)

/** Declares a view by its query. */
export function view(name: string, definition: SqlText, told: ViewOptions = {}): Declaration<View> {
  checked(placeOf('view', name), viewTakes, [name, definition], told)
  const { schema, options, ...rest } = told
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

const storage = is.fields({
  storage: is.columnStorage,
  compression: is.compression,
  statistics: is.number,
})

/** What a materialized view is told. */
export const materializedViewTakes = takes(arguments_, {
  ...shared,
  tablespace: is.name,
  accessMethod: is.name,
  columnStorage: is.recordOf(storage),
  indexes: is.listOf(is.made('index', 'index(…)')),
} satisfies is.ShapesOf<MaterializedViewOptions>)

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
  told: MaterializedViewOptions = {},
): MaterializedViewDeclaration {
  checked(placeOf('materialized view', name), materializedViewTakes, [name, definition], told)
  const { schema, options, indexes = [], ...rest } = told
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
