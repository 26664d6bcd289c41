/** A row security policy. */
export interface Policy {
  readonly kind: 'policy'
  readonly schema?: string | undefined
  readonly table: string
  readonly name: string
  /** Absent: permissive. */
  readonly restrictive?: boolean | undefined
  /** Absent: all. */
  readonly command?: 'select' | 'insert' | 'update' | 'delete' | undefined
  /** Absent: PUBLIC. */
  readonly roles?: readonly string[] | undefined
  readonly using?: string | undefined
  readonly withCheck?: string | undefined
  readonly comment?: string | undefined
}
