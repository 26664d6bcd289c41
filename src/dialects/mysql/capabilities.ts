import type { Capabilities } from '../capabilities.ts'

/** Every DDL statement commits what is open. */
export const capabilities: Capabilities = { transactionalDdl: false }
