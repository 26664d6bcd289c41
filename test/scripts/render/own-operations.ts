import { defineOperation } from '../../../src/index.ts'

/** The module that scripts would import these from. */
export const module = '../own-operations.ts'

/** An operation of a project's own, whose arguments are plain data. */
export const refreshed = defineOperation({
  name: 'refreshed',
  module,
  compile: (args: { readonly view: string; readonly times: number }) => `REFRESH ${args.view}`,
})
