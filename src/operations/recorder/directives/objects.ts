import type { NameInput } from '../../../declarations/declaration.ts'
import {
  type ExtensionOptions,
  extension,
  type PublicationOptions,
  publication,
  type SchemaOptions,
  type StatisticsOptions,
  schema,
  statistics,
  verbatim,
} from '../../../declarations/others.ts'
import type { SqlText } from '../../../declarations/sql.ts'
import { type Alterable, type AlterObjectOptions, alterObject } from '../alter-object.ts'
import { type CommentKind, type SetCommentOptions, setComment } from '../comments.ts'
import {
  type CreateOptions,
  createObject,
  type Declared,
  type DropOptions,
  dropObject,
  type InSchema,
} from '../objects.ts'
import { type RenamableKind, type RenameOptions, renameObject } from '../rename-object.ts'
import { known } from '../takes.ts'
import { Directives } from './directives.ts'

type Create = Pick<CreateOptions, 'ifNotExists'>

/** The directives for schemas, extensions, publications, statistics, rare kinds of object; names and comments. */
export abstract class ObjectDirectives extends Directives {
  createSchema(name: string, options: SchemaOptions & Create = {}): void {
    this.recorder.add(
      createObject(known('createSchema', [name], options), own => schema(name, own)),
    )
  }

  dropSchema(name: string, options: Omit<DropOptions<Declared<'schema'>>, 'schema'> = {}): void {
    this.recorder.add(dropObject('schema', { name }, known('dropSchema', [name], options)))
  }

  createExtension(name: string, options: ExtensionOptions & Create = {}): void {
    this.recorder.add(
      createObject(known('createExtension', [name], options), own => extension(name, own)),
    )
  }

  dropExtension(name: string, options: DropOptions<Declared<'extension'>> = {}): void {
    this.recorder.add(dropObject('extension', { name }, known('dropExtension', [name], options)))
  }

  createPublication(name: string, options: PublicationOptions & Create = {}): void {
    this.recorder.add(
      createObject(known('createPublication', [name], options), own => publication(name, own)),
    )
  }

  dropPublication(
    name: string,
    options: Omit<DropOptions<Declared<'publication'>>, 'schema'> = {},
  ): void {
    this.recorder.add(
      dropObject('publication', { name }, known('dropPublication', [name], options)),
    )
  }

  /** CREATE STATISTICS on columns and expressions of a table. */
  createStatistics(name: string, table: NameInput, options: StatisticsOptions & Create): void {
    this.recorder.add(
      createObject(known('createStatistics', [name, table], options), own =>
        statistics(name, table, own),
      ),
    )
  }

  dropStatistics(name: string, options: DropOptions<Declared<'statistics'>> = {}): void {
    this.recorder.add(dropObject('statistics', { name }, known('dropStatistics', [name], options)))
  }

  /** Creates an object of a rare kind by its statements; `type` and `identity` are DROP's words. */
  createVerbatim(
    type: string,
    identity: string,
    statements: SqlText | readonly SqlText[],
    options: {
      readonly cascade?: boolean | undefined
      readonly comment?: string | undefined
    } & Create = {},
  ): void {
    this.recorder.add(
      createObject(known('createVerbatim', [type, identity, statements], options), own =>
        verbatim(type, identity, statements, own),
      ),
    )
  }

  dropVerbatim(
    type: string,
    identity: string,
    options: Omit<DropOptions<Declared<'verbatim'>>, 'schema'> = {},
  ): void {
    this.recorder.add(
      dropObject(
        'verbatim',
        { name: identity, type },
        known('dropVerbatim', [type, identity], options),
      ),
    )
  }

  /** Makes an object what its declaration says, in place; `existing` is the declaration of what it was. */
  alterObject(object: Alterable, options: AlterObjectOptions): void {
    this.recorder.add(alterObject(object, known('alterObject', [object], options)))
  }

  /** Gives an object of any kind but table, column and enum value another name. */
  renameObject(
    kind: RenamableKind,
    name: string,
    newName: string,
    options: RenameOptions = {},
  ): void {
    this.recorder.add(
      renameObject(kind, name, newName, known('renameObject', [kind, name, newName], options)),
    )
  }

  /** Gives a constraint another name, and the index behind it. */
  renameConstraint(name: string, newName: string, table: string, options: InSchema = {}): void {
    const { schema } = known('renameConstraint', [name, newName, table], options)
    this.recorder.add(renameObject('constraint', name, newName, { schema, table }))
  }

  /** Gives an index another name; `table` is for databases where an index belongs to its table. */
  renameIndex(name: string, newName: string, options: Omit<RenameOptions, 'signature'> = {}): void {
    this.recorder.add(
      renameObject('index', name, newName, known('renameIndex', [name, newName], options)),
    )
  }

  /** Sets a comment, or removes it (null), of anything but tables and columns, which are altered. */
  setComment(
    kind: CommentKind,
    name: string,
    comment: string | null,
    options: SetCommentOptions = {},
  ): void {
    this.recorder.add(
      setComment(kind, name, comment, known('setComment', [kind, name, comment], options)),
    )
  }
}
