import type { DoctorFinding, DoctorResult } from '../../commands/results/doctor.ts'
import { counted } from '../../text/sentences.ts'
import type { View } from './view.ts'

/** One page: a line for each finding with its fix below, those of each database under its name. */
export function printDoctor({ findings, counts }: DoctorResult, view: View): string {
  const width = Math.max(...findings.map(({ check }) => check.length))
  const lines = findings.flatMap((finding, place) => [
    ...titleOf(finding, findings[place - 1], view),
    ...linesOf(finding, width, view),
  ])
  const total = [
    counted(counts.problem, 'problem'),
    counted(counts.warning, 'warning'),
    counted(counts.note, 'note'),
    `${counts.ok} ok`,
  ]
  return `${[...lines, '', total.join(', ')].join('\n')}\n`
}

function titleOf(
  { database }: DoctorFinding,
  before: DoctorFinding | undefined,
  { colours }: View,
): string[] {
  return database === undefined || database === before?.database ? [] : ['', colours.bold(database)]
}

function linesOf(finding: DoctorFinding, width: number, { colours }: View): string[] {
  const { check, status, message, fix } = finding
  const paint = {
    ok: colours.green,
    note: colours.cyan,
    warning: colours.yellow,
    problem: colours.red,
  }[status]
  const indent = ' '.repeat(width + 11)
  const [first = '', ...rest] = message.split('\n')
  return [
    `${paint(status.padEnd(7))}  ${check.padEnd(width)}  ${first}`,
    ...rest.map(line => indent + line),
    ...(fix === undefined ? [] : [`${indent}${colours.bold('fix:')} ${fix}`]),
  ]
}
