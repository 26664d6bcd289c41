import type { Plan } from '../revisions/plan.ts'

/** Says where a database stays. */
export function staysAt({ headsBefore }: Plan): string {
  const at = headsBefore.length === 0 ? 'base' : headsBefore.join(', ')
  return `Nothing to do: the database is at ${at}.`
}

/** Says it of a plan without steps. */
export const nothingToDo = (plan: Plan): string | undefined =>
  plan.steps.length > 0 ? undefined : staysAt(plan)
