import type { ErrorCode } from '../../src/errors.ts'

/** The vectors' names for what limbeck's codes say. */
export const categories: Partial<Record<ErrorCode | (string & {}), string>> = {
  USAGE: 'usage',
  REVISION_NOT_FOUND: 'no-such-revision',
  DATABASE_REVISION_UNKNOWN: 'no-such-revision',
  BRANCH_NOT_FOUND: 'no-such-branch',
  REVISION_AMBIGUOUS: 'ambiguous-revision',
  REVISION_NOT_IN_BRANCH: 'not-in-branch',
  MULTIPLE_HEADS: 'multiple-heads',
  NOT_AT_HEADS: 'not-at-head',
  REVISION_NOT_AN_ANCESTOR: 'not-an-ancestor',
  RELATIVE_OUT_OF_RANGE: 'relative-out-of-range',
  RELATIVE_AMBIGUOUS: 'ambiguous-walk',
  RELATIVE_START_AMBIGUOUS: 'ambiguous-upgrade',
  REVISIONS_OVERLAP: 'overlapping-revisions',
  REVISION_NOT_A_HEAD: 'not-a-head',
  REVISION_PARENT_TWICE: 'duplicate-heads',
  REVISION_ID_INVALID: 'illegal-revision-id',
  BRANCH_LABEL_TAKEN: 'duplicate-label',
  REVISION_DUPLICATE: 'duplicate-revision',
  REVISION_MISSING_PARENT: 'missing-revision',
  REVISION_MISSING_DEPENDENCY: 'missing-revision',
  REVISION_CYCLE: 'cycle',
  REVISION_SELF_LOOP: 'self-loop',
  DEPENDENCY_CYCLE: 'dependency-cycle',
  DEPENDENCY_SELF_LOOP: 'dependency-self-loop',
  REVISION_RANGE_INVALID: 'bad-history-range',
  RANGE_NEEDS_SQL: 'range-not-allowed',
  RANGE_REQUIRED: 'offline-needs-range',
  RANGE_STARTS_DIFFER: 'offline-several-starts',
  PURGE_OFFLINE: 'offline-purge',
  VERSION_ROWS_UNEXPECTED: 'row-count-mismatch',
}

/** The vectors' name for what a code says; the code itself where they have none. */
export function categoryOf(code: string): string {
  return categories[code] ?? code
}
