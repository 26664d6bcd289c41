import { basename, dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { errorCodes } from '../src/errors.ts'
import { docsPage, importsOf, type SourceImport, sourceFiles } from './support/source-files.ts'

/** The rooms of each floor, top floor first: the block `floors` of the architecture page. */
const floors = readFloors(docsPage('internals/architecture.md'))
const rooms = floors.flat()

function readFloors(page: string): string[][] {
  const block = /^```floors\n(.*?)^```$/ms.exec(page)?.[1] ?? ''
  return block
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .filter(([first]) => first !== '')
}

/** The entry a file belongs to; the longest that fits, as a file is more exact than its folder. */
function roomOf(file: string): string | undefined {
  return rooms.filter(room => holds(room, file)).sort((a, b) => b.length - a.length)[0]
}

/** An entry is a folder (`diff`), the files right inside one (`dialects/*.ts`), or a file. */
function holds(room: string, file: string): boolean {
  if (room.endsWith('/*.ts')) return dirname(file) === dirname(room)
  return file === room || file.startsWith(`${room}/`)
}

function floorOf(room: string): number {
  return floors.findIndex(floor => floor.includes(room))
}

/** What is wrong with an import, as a sentence; undefined where it points down. */
function complaintAbout({ from, to }: SourceImport): string | undefined {
  const [own, other] = [roomOf(from), roomOf(to)]
  if (own === undefined || other === undefined || own === other || isLoader(from, to)) return
  const [below, above] = [floorOf(other), floorOf(own)]
  if (below > above) return
  const reason = below === above ? 'is on the same floor as' : 'is above'
  return `src/${from} imports src/${to}, but ${other} ${reason} ${own}.`
}

/** `dialects/load-dialect.ts` and its like name the rooms beside them, to load one when asked. */
function isLoader(from: string, to: string): boolean {
  return basename(from).startsWith('load-') && to.startsWith(`${dirname(from)}/`)
}

describe('the house', () => {
  test('has its floors in docs/internals/architecture.md', () => {
    expect(floors.length).toBeGreaterThan(1)
    expect(rooms).toEqual([...new Set(rooms)])
  })

  test('has a floor for every file', () => {
    expect(sourceFiles().filter(file => roomOf(file) === undefined)).toEqual([])
  })

  test('has imports that point down', () => {
    expect(sourceFiles().flatMap(importsOf).map(complaintAbout).filter(Boolean)).toEqual([])
  })
})

describe('docs/reference/errors.md', () => {
  const page = docsPage('reference/errors.md')
  const headings = [...page.matchAll(/^#+ `?([A-Z][A-Z0-9_]+)`?$/gm)].map(([, code]) => code!)
  const codes = Object.keys(errorCodes)

  test('has a heading for every code', () => {
    expect(codes.filter(code => !headings.includes(code))).toEqual([])
  })

  test('has no heading of a code that does not exist', () => {
    expect(headings.filter(code => !codes.includes(code))).toEqual([])
  })

  test('has each heading once', () => {
    expect(headings).toEqual([...new Set(headings)])
  })
})
