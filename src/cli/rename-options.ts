import type { RenameAnswers } from '../autogenerate/renames/answers.ts'
import type { OptionTable, Values } from './command.ts'
import type { Choose } from './questions/choose.ts'

/** What `revision --autogenerate` and `check` may be told of renames. */
export const renameOptions = {
  rename: {
    type: 'string',
    multiple: true,
    value: 'OLD=NEW',
    help: 'What was renamed: `users=people`, `users.nick=nickname`; may be given several times. `none`: nothing else was.',
  },
  'no-renames': {
    type: 'boolean',
    help: 'Nothing was renamed but what --rename names: neither ask nor tell what may have been.',
  },
} as const satisfies OptionTable

/** The same, as the commands take it. */
export function renameInput(values: Values<typeof renameOptions>): readonly string[] {
  return values['no-renames'] ? [...values.rename, 'none'] : values.rename
}

/** Asks in the terminal. */
export function askingRenames(choose: Choose): NonNullable<RenameAnswers['ask']> {
  return async question => {
    const { chooseRename } = await import('./questions/rename.ts')
    return chooseRename(question, choose)
  }
}
