export { type Diff, type DiffOptions, diff } from './diff.ts'
export { isEqual } from './equal.ts'
export type { Note } from './notes.ts'
