import type { CompileTable } from '../../dialect.ts'
import { quote, stringLiteral } from '../quoting.ts'
import { dropObject, ownComment } from './objects.ts'
import { given, words } from './sql.ts'

/** Schemas and extensions. */
export const namespaces = {
  createSchema: ({ object, ifNotExists }) => [
    words('CREATE SCHEMA', ifNotExists && 'IF NOT EXISTS', quote(object.name)),
    ...ownComment(object),
  ],

  dropSchema: dropObject('schema'),

  createExtension: ({ object, ifNotExists }) => [
    words(
      'CREATE EXTENSION',
      ifNotExists && 'IF NOT EXISTS',
      quote(object.name),
      given(object.schema, schema => `SCHEMA ${quote(schema)}`),
      given(object.version, version => `VERSION ${stringLiteral(version)}`),
    ),
    ...ownComment(object),
  ],

  dropExtension: dropObject('extension'),
} satisfies Partial<CompileTable>
