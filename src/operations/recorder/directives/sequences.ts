import { type SequenceDeclarationOptions, sequence } from '../../../declarations/sequences.ts'
import {
  type CreateKeptOptions,
  createObject,
  type Declared,
  type DropKeptOptions,
  dropObject,
} from '../objects.ts'
import { known } from '../takes.ts'
import * as types from '../types.ts'
import { ViewDirectives } from './views.ts'

type Create = Pick<CreateKeptOptions, 'ifNotExists' | 'keepRights'>

/** The directives for sequences. */
export abstract class SequenceDirectives extends ViewDirectives {
  createSequence(name: string, options: SequenceDeclarationOptions & Create = {}): void {
    this.recorder.add(
      createObject(known('createSequence', [name], options), own => sequence(name, own)),
    )
  }

  dropSequence(name: string, options: DropKeptOptions<Declared<'sequence'>> = {}): void {
    this.recorder.add(dropObject('sequence', { name }, known('dropSequence', [name], options)))
  }

  /** Changes the options of a sequence that are named; null sets one back. */
  alterSequence(name: string, changes: types.AlterSequenceOptions): void {
    this.recorder.add(types.alterSequence(name, known('alterSequence', [name], changes)))
  }
}
