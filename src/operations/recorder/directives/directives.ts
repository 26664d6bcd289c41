import type { Recorder } from '../recorder.ts'

/**
 * What every directive records with. Each class of this folder has the directives for one sort of object
 * and stands upon another, since that is how one class is put together of several files; `Op` is the last.
 */
export abstract class Directives {
  protected readonly recorder: Recorder

  constructor(recorder: Recorder) {
    this.recorder = recorder
  }
}
