import type { ResolvedConfig } from '../config/resolved-config.ts'
import type { ComparisonSettings } from '../runtime/comparison-options.ts'
import type { DatabaseSchema, ObjectKind, SchemaObject } from '../schema/index.ts'
import type { SourceContent } from '../sources/source.ts'

/** Which objects limbeck may touch: kinds and schemas. */
export interface Managed {
  readonly kinds: 'all' | ReadonlySet<ObjectKind>
  readonly schemas: 'all' | ReadonlySet<string>
}

/** What any description of tables speaks about, even where it declares none of a kind. */
const tableKinds: readonly ObjectKind[] = [
  'schema',
  'enum',
  'sequence',
  'table',
  'constraint',
  'index',
]

/**
 * A kind is managed once the target declares an object of it, the config lists it, or it belongs to
 * what every source speaks about, as far as the sources can express it; a schema is managed when the
 * target, the history, the config or env.ts names it.
 */
export function managedBy(
  target: DatabaseSchema,
  contents: readonly SourceContent[],
  config: Pick<ResolvedConfig, 'manage' | 'schemas'>,
  historySchemas: Iterable<string>,
  { includeSchemas = [] }: Pick<ComparisonSettings, 'includeSchemas'>,
): Managed {
  const objects = [...target.objects.values()]
  const kinds = managedKinds(objects, contents, config.manage)
  if (includeSchemas === true) return { kinds, schemas: 'all' }
  return {
    kinds,
    schemas: new Set([
      ...(config.schemas ?? []),
      ...(includeSchemas || []),
      ...namedSchemas(objects, contents),
      ...historySchemas,
      target.defaultSchema,
    ]),
  }
}

/**
 * A target that cannot speak of schemas is built among those of the database: of these it names the ones
 * that it has put something into.
 */
function namedSchemas(
  objects: readonly SchemaObject[],
  contents: readonly SourceContent[],
): string[] {
  if (canExpress(contents, 'schema'))
    return objects.flatMap(object => (object.kind === 'schema' ? object.name : []))
  return objects.flatMap(object =>
    canExpress(contents, object.kind) && 'schema' in object ? (object.schema ?? []) : [],
  )
}

const canExpress = (contents: readonly SourceContent[], kind: ObjectKind): boolean =>
  contents.some(({ expresses }) => expresses === 'all' || expresses.includes(kind))

function managedKinds(
  objects: readonly SchemaObject[],
  contents: readonly SourceContent[],
  manage: ResolvedConfig['manage'],
): Managed['kinds'] {
  if (manage === 'all') return 'all'
  const kinds = [...tableKinds, ...objects.map(object => object.kind)]
  return new Set([...manage, ...kinds.filter(kind => canExpress(contents, kind))])
}
