import { quote } from '../quoting.ts'

/** Roles that are words; in quotes they would be the names of others. */
const words = new Set(['public', 'current_user', 'session_user', 'current_role'])

/** A role as GRANT, OWNER TO and policies take it. */
export function role(name: string): string {
  return words.has(name) ? name.toUpperCase() : quote(name)
}
