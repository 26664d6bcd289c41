import type { NewRevisionInput } from '../commands/inputs.ts'
import type { OptionTable, Values } from './command.ts'

/** What `revision` and `merge` may be told of the revision that they write. */
export const newRevisionOptions = {
  'branch-label': {
    type: 'string',
    multiple: true,
    value: 'LABEL',
    help: 'A name for the branch that begins here; may be given several times.',
  },
  'version-path': {
    type: 'string',
    value: 'FOLDER',
    help: 'Which of the version locations gets the file.',
  },
  'rev-id': { type: 'string', value: 'ID', help: 'The id, in place of twelve random digits.' },
  'depends-on': {
    type: 'string',
    multiple: true,
    value: 'REVISION',
    help: 'What must have run before it, beside what it follows; may be given several times.',
  },
} as const satisfies OptionTable

/** The same, as the commands take it. */
export const newRevisionInput = (
  values: Values<typeof newRevisionOptions>,
): Pick<NewRevisionInput, 'branchLabels' | 'versionPath' | 'revId' | 'dependsOn'> => ({
  branchLabels: values['branch-label'],
  versionPath: values['version-path'],
  revId: values['rev-id'],
  dependsOn: values['depends-on'],
})
