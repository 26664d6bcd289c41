import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '../support/source-files.ts'
import { pages, readPage } from './pages.ts'

/** A heading's name in a link, as the usual sites make it. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-')

const anchorsOf = (page: string): string[] =>
  [...readPage(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading!))

test.each(pages())('every link of %s leads somewhere', page => {
  const links = [...readPage(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!)
  const broken = links
    .filter(target => !/^[a-z]+:/.test(target))
    .filter(target => {
      const [path = '', name] = target.split('#')
      const file = path === '' ? page : join(dirname(page), path)
      if (!existsSync(join(projectRoot, file))) return true
      return name !== undefined && !anchorsOf(file).includes(name)
    })
  expect(broken).toEqual([])
})
