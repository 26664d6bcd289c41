import {
  type AggregateOptions,
  aggregate,
  type RoutineOptions,
  routine,
} from '../../../declarations/routines.ts'
import {
  type CreateKeptOptions,
  createObject,
  type ReplaceOptions,
  replaceObject,
} from '../objects.ts'
import { type DropRoutineOptions, dropAggregate, dropRoutine } from '../routines.ts'
import { known } from '../takes.ts'
import { TriggerDirectives } from './triggers.ts'

type Create = Pick<CreateKeptOptions, 'ifNotExists' | 'keepRights'>

/** The directives for functions, procedures and aggregates. */
export abstract class RoutineDirectives extends TriggerDirectives {
  createFunction(name: string, options: RoutineOptions & CreateKeptOptions): void {
    this.recorder.add(
      createObject(known('createFunction', [name], options), own =>
        routine(name, { ...own, type: 'function' }),
      ),
    )
  }

  /** CREATE OR REPLACE FUNCTION. */
  replaceFunction(name: string, options: RoutineOptions & ReplaceOptions<'routine'>): void {
    this.recorder.add(
      replaceObject(known('replaceFunction', [name], options), own =>
        routine(name, { ...own, type: 'function' }),
      ),
    )
  }

  /** DROP FUNCTION; `signature` lists its argument types where `existing` does not tell them. */
  dropFunction(name: string, options: DropRoutineOptions = {}): void {
    this.recorder.add(dropRoutine('function', name, known('dropFunction', [name], options)))
  }

  createProcedure(name: string, options: RoutineOptions & CreateKeptOptions): void {
    this.recorder.add(
      createObject(known('createProcedure', [name], options), own =>
        routine(name, { ...own, type: 'procedure' }),
      ),
    )
  }

  /** CREATE OR REPLACE PROCEDURE. */
  replaceProcedure(name: string, options: RoutineOptions & ReplaceOptions<'routine'>): void {
    this.recorder.add(
      replaceObject(known('replaceProcedure', [name], options), own =>
        routine(name, { ...own, type: 'procedure' }),
      ),
    )
  }

  dropProcedure(name: string, options: DropRoutineOptions = {}): void {
    this.recorder.add(dropRoutine('procedure', name, known('dropProcedure', [name], options)))
  }

  createAggregate(name: string, options: AggregateOptions & Create): void {
    this.recorder.add(
      createObject(known('createAggregate', [name], options), own => aggregate(name, own)),
    )
  }

  dropAggregate(name: string, options: DropRoutineOptions<'aggregate'> = {}): void {
    this.recorder.add(dropAggregate(name, known('dropAggregate', [name], options)))
  }
}
