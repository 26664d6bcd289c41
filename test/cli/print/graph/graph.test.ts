import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coloursFor } from '../../../../src/cli/colours.ts'
import type { HistoryForm } from '../../../../src/cli/history-form.ts'
import { printHistory } from '../../../../src/cli/print/history.ts'
import type { View } from '../../../../src/cli/print/view.ts'
import type { RevisionLine } from '../../../../src/commands/results/revision-line.ts'
import { revisionLine } from '../../../../src/commands/revision-line.ts'
import { buildGraph } from '../../../../src/revisions/graph.ts'
import { history, type RevisionRange } from '../../../../src/revisions/history.ts'
import type { Revision } from '../../../../src/revisions/revision.ts'
import { situations } from '../../../revisions/random-graph.ts'
import { readPicture, shown } from './read-picture.ts'

const view: View = {
  isVerbose: false,
  colours: coloursFor({ write: () => {}, isTerminal: false }, {}),
  cwd: '/',
}
const ascii: View = { ...view, isAscii: true }

const draw = (
  revisions: readonly RevisionLine[],
  of: View = view,
  form: Partial<HistoryForm> = {},
) => printHistory({ revisions }, of, { graph: true, ...form })

/** `m < b c needs x`: what a revision follows, and what it depends on. */
function linesOf(story: string, range: RevisionRange = {}, current: readonly string[] = []) {
  const revisions = story.split(';').map((text): Revision => {
    const [line = '', needs = ''] = text.split(' needs ')
    const [id = '', down = ''] = line.split('<').map(part => part.trim())
    const words = (part: string) => part.split(' ').filter(Boolean)
    return {
      id,
      downRevisions: words(down),
      dependsOn: words(needs),
      branchLabels: [],
      message: `make ${id}`,
      doc: '',
    }
  })
  const graph = buildGraph(revisions.map(revision => ({ ...revision, path: '/' })))
  return history(graph, range).map(node => revisionLine(node, new Set(current)))
}

const picture = (story: string, of: View = view) => `\n${draw(linesOf(story), of)}`

describe('the graph in the terminal', () => {
  test('of a line is a line, and ends in an empty dot', () => {
    expect(picture('a; b < a; c < b')).toBe(`
● c (head), make c
● b, make b
○ a, make a
`)
  })

  test('shows a fork where the second branch joins the first', () => {
    expect(picture('a; b < a; c < a; d < c')).toBe(`
● b (head), make b
│ ● d (head), make d
│ ● c, make c
├─╯
○ a (branchpoint), make a
`)
  })

  test('shows a merge', () => {
    expect(picture('a; b < a; c < a; m < b c')).toBe(`
● m (head) (mergepoint), make m
├─╮
● │ b, make b
│ ● c, make c
├─╯
○ a (branchpoint), make a
`)
  })

  test('shows a criss-cross of merges', () => {
    expect(picture('a; b < a; c < a; d < b c; e < b c')).toBe(`
● d (head) (mergepoint), make d
├─╮
│ │ ● e (head) (mergepoint), make e
├─┼─╯
● │ b (branchpoint), make b
│ ● c (branchpoint), make c
├─╯
○ a (branchpoint), make a
`)
  })

  test('shows a merge of many', () => {
    expect(picture('a; b < a; c < a; d < a; e < a; m < b c d e')).toBe(`
● m (head) (mergepoint), make m
├─┬─┬─╮
● │ │ │ b, make b
│ ● │ │ c, make c
├─╯ │ │
│   ● │ d, make d
├───╯ │
│     ● e, make e
├─────╯
○ a (branchpoint), make a
`)
  })

  test('keeps histories apart that have nothing to do with each other', () => {
    expect(picture('a; b < a; x; y < x')).toBe(`
● b (head), make b
○ a, make a

● y (head), make y
○ x, make x
`)
  })

  test('draws a dependency dashed, also where it is all that a revision stands on', () => {
    expect(picture('a; b < a; x needs a; y < x needs b')).toBe(`
● y (head), make y
├┄╮
○ ┊ x, make x
┊ ┊
┊ ● b (effective head), make b
├─╯
○ a, make a
`)
    expect(picture('a; x needs a')).toBe(`
○ x (head), make x
┊
○ a (effective head), make a
`)
  })

  test('has a twin in ASCII', () => {
    expect(picture('a; b < a; c < a; d < b c; e < b c; f < e needs a', ascii)).toBe(`
* d (head) (mergepoint), make d
+-.
| | * f (head), make f
| | +~.
| | * : e (mergepoint), make e
+-+-' :
* |   : b (branchpoint), make b
+-|---'
| * c (branchpoint), make c
+-'
o a (branchpoint), make a
`)
  })

  test('of a range shows nothing of what is beyond it', () => {
    const lines = linesOf('a; b < a; c < b; d < c', { start: 'b', end: 'c' })
    expect(draw(lines)).toBe('● c, make c\n● b, make b\n')
  })

  test('marks where the database is, and with --verbose gives the dates', () => {
    const lines = linesOf('a; b < a', {}, ['a']).map(line => ({ ...line, createdAt: '2026-11-20' }))
    expect(draw(lines)).toBe('● b (head), make b\n○ a (current), make a\n')
    expect(draw(lines, { ...view, isVerbose: true })).toContain('● b (head) 2026-11-20, make b\n')
  })

  test('cuts lines to the width of the terminal, and takes a message as one line', () => {
    const [line] = linesOf('a')
    const wordy = { ...line!, message: 'one\ntwo 日本語 three' }
    const lines = (columns: number) => draw([wordy], { ...view, columns })
    expect(lines(80)).toBe('○ a (head), one two 日本語 three\n')
    expect(lines(22)).toBe('○ a (head), one two \u2026\n')
    expect(lines(24)).toBe('○ a (head), one two 日…\n')
  })

  test('of a thousand revisions on fifty branches is drawn at once', () => {
    const lines = linesOf(
      Array.from({ length: 1000 }, (_, n) =>
        n === 0 ? 'r0' : `r${n} < r${Math.max(0, n - 50)}`,
      ).join(';'),
    )
    const start = process.cpuUsage()
    for (const format of [undefined, 'svg'] as const) draw(lines, view, { format })
    // About 60 ms. What grows with the square of the revisions takes seconds.
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(1000)
  })

  test('gives each lane a colour', () => {
    const colours = coloursFor({ write: () => {}, isTerminal: true }, { TERM: 'xterm' })
    const lines = draw(linesOf('a; b < a; c < a'), { ...view, colours }).split('\n')
    const colourOf = (dot: string) => dot.slice(0, dot.indexOf('●'))
    expect(colourOf(lines[0]!)).not.toBe(colourOf(lines[1]!.split(' ').at(1)!))
  })
})

/** What the drawing has to say, from the revisions themselves. */
function expectedEdges(lines: readonly RevisionLine[]): string[] {
  const shownIds = new Set(lines.map(({ id }) => id))
  return lines
    .flatMap(({ id, downRevisions, dependsOn }) => [
      ...downRevisions.map(to => ({ from: id, to, isDependency: false })),
      ...dependsOn
        .filter(to => !downRevisions.includes(to))
        .map(to => ({ from: id, to, isDependency: true })),
    ])
    .filter(({ to }) => shownIds.has(to))
    .map(shown)
    .sort()
}

/** Every point of a path that lies at the height of a row. */
function pointsOf(way: string): [number, number][] {
  const points: [number, number][] = []
  for (const [, letter, numbers] of way.matchAll(/([MLC]) ([\d. ]+)/g)) {
    const [x, y] = numbers!.trim().split(' ').slice(-2).map(Number) as [number, number]
    const above = points.at(-1)
    for (let height = (above?.[1] ?? y) + 28; letter === 'L' && height < y; height += 28)
      points.push([x, height])
    if (above?.[0] !== x || above[1] !== y) points.push([x, y])
  }
  return points
}

const randomLines = situations.map(({ graph, rows }) =>
  history(graph).map(node => revisionLine(node, new Set(rows))),
)

describe('for any history', () => {
  test.each([
    ['Unicode', view],
    ['ASCII', ascii],
  ] as const)(
    'every edge of the %s picture connects the right revisions, and none is missing',
    (_, of) => {
      fc.assert(
        fc.property(randomLines, lines => {
          const { revisions, edges } = readPicture(draw(lines, of))
          expect(revisions).toEqual(lines.map(({ id }) => id))
          expect(edges).toEqual(expectedEdges(lines))
        }),
      )
    },
  )

  test('the Mermaid source says the same', () => {
    fc.assert(
      fc.property(randomLines, lines => {
        const source = draw(lines, view, { format: 'mermaid' })
        const names = new Map(
          [...source.matchAll(/^ {2}(r\d+)\["(\w+)/gm)].map(([, name, id]) => [name!, id!]),
        )
        const found = [...source.matchAll(/^ {2}(r\d+) (-->|-\. depends on \.->) (r\d+)$/gm)].map(
          ([, to, arrow, from]) => ({
            from: names.get(from!)!,
            to: names.get(to!)!,
            isDependency: arrow !== '-->',
          }),
        )
        expect(found.map(shown).sort()).toEqual(expectedEdges(lines))
      }),
    )
  })

  test('the Graphviz source says the same', () => {
    fc.assert(
      fc.property(randomLines, lines => {
        const source = draw(lines, view, { format: 'dot' })
        const names = new Map(
          [...source.matchAll(/^ {2}(r\d+) \[label="(\w+)/gm)].map(([, name, id]) => [name!, id!]),
        )
        const found = [...source.matchAll(/^ {2}(r\d+) -> (r\d+)(.*)$/gm)].map(
          ([, to, from, rest]) => ({
            from: names.get(from!)!,
            to: names.get(to!)!,
            isDependency: rest!.includes('dashed'),
          }),
        )
        expect(found.map(shown).sort()).toEqual(expectedEdges(lines))
      }),
    )
  })

  test('each path of the SVG leads from one dot to the other, through nothing but empty places', () => {
    fc.assert(
      fc.property(randomLines, lines => {
        const svg = draw(lines, view, { format: 'svg' })
        const dots = new Map(
          [
            ...svg.matchAll(
              /<g><title>(\w+).*?<\/title><circle class="[^"]*" cx="(\d+)" cy="(\d+)"/gs,
            ),
          ].map(([, id, x, y]) => [`${x} ${y}`, id!]),
        )
        const paths = [...svg.matchAll(/<path class="l\d( dependency)?" d="([^"]+)"/g)].map(
          ([, dashed, way]) => ({ isDependency: dashed !== undefined, points: pointsOf(way!) }),
        )
        const found = paths.map(({ isDependency, points }) => ({
          from: dots.get(points[0]!.join(' '))!,
          to: dots.get(points.at(-1)!.join(' '))!,
          isDependency,
        }))
        expect(found.map(shown).sort()).toEqual(expectedEdges(lines))
        for (const { points } of paths) {
          const passed = points.slice(1, -1).filter(point => dots.has(point.join(' ')))
          expect(passed).toEqual([])
        }
      }),
    )
  })
})

describe('a message that would be more than text', () => {
  const hostile = `"] --> x; <script>&amp;"\\" #35; \u0007\nend`
  const source = (format: 'mermaid' | 'dot' | 'svg') => {
    const [line] = linesOf('a')
    return draw([{ ...line!, message: hostile }], view, { format })
  }
  const clean = `"] --> x; <script>&amp;"\\" #35; end`

  test('stays inside its label in Mermaid', () => {
    const [, label] = /^ {2}r0\["([^"]*)"\]$/m.exec(source('mermaid'))!
    const read = label!.replaceAll(/#(\d+);/g, (_, code) => String.fromCharCode(code))
    expect(read).toBe(`a<br/>${clean}`)
    expect(label!.replaceAll('<br/>', '')).not.toMatch(/[<>&"]/)
  })

  test('stays inside its label in Graphviz', () => {
    const [, label] = /^ {2}r0 \[label="((?:[^"\\]|\\.)*)", penwidth=3\]$/m.exec(source('dot'))!
    const read = label!.replaceAll(/\\(.)/g, (_, character) =>
      character === 'n' ? '\n' : character,
    )
    expect(read).toBe(`a\n${clean}`)
  })

  test('stays text in SVG', () => {
    const svg = source('svg')
    const read = svg.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(code))
    expect(read).toContain(`<tspan class="marks"> (head)</tspan>, ${clean}</text>`)
    expect(svg.match(/<(?!\/?(?:svg|title|style|rect|g|circle|text|tspan|path)[ >])/g)).toBeNull()
    expect(svg.match(/&(?!#\d+;)/g)).toBeNull()
  })
})
