import type { SqlText } from '../../../declarations/sql.ts'
import {
  type MaterializedViewOptions,
  materializedView,
  type ViewOptions,
  view,
} from '../../../declarations/views.ts'
import {
  type CreateKeptOptions,
  createObject,
  type Declared,
  type DropKeptOptions,
  dropObject,
  type ReplaceOptions,
  replaceObject,
} from '../objects.ts'
import { known } from '../takes.ts'
import { RoutineDirectives } from './routines.ts'

type Create = Pick<CreateKeptOptions, 'ifNotExists' | 'keepRights'>

/** The directives for views. */
export abstract class ViewDirectives extends RoutineDirectives {
  createView(name: string, definition: SqlText, options: ViewOptions & Create = {}): void {
    this.recorder.add(
      createObject(known('createView', [name, definition], options), own =>
        view(name, definition, own),
      ),
    )
  }

  /** CREATE OR REPLACE VIEW. */
  replaceView(
    name: string,
    definition: SqlText,
    options: ViewOptions & Omit<ReplaceOptions<'view'>, 'uncheckedBody'> = {},
  ): void {
    this.recorder.add(
      replaceObject(known('replaceView', [name, definition], options), own =>
        view(name, definition, own),
      ),
    )
  }

  dropView(name: string, options: DropKeptOptions<Declared<'view'>> = {}): void {
    this.recorder.add(dropObject('view', { name }, known('dropView', [name], options)))
  }

  /** CREATE MATERIALIZED VIEW; its indexes are created by themselves. */
  createMaterializedView(
    name: string,
    definition: SqlText,
    options: Omit<MaterializedViewOptions, 'indexes'> & Create = {},
  ): void {
    this.recorder.add(
      createObject(known('createMaterializedView', [name, definition], options), own =>
        materializedView(name, definition, own),
      ),
    )
  }

  dropMaterializedView(
    name: string,
    options: DropKeptOptions<Declared<'materializedView'>> = {},
  ): void {
    this.recorder.add(
      dropObject('materializedView', { name }, known('dropMaterializedView', [name], options)),
    )
  }
}
