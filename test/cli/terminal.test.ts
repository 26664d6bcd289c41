import { describe, expect, test } from 'vitest'
import { cutTo, widthOf } from '../../src/cli/print/cut.ts'
import { runInTerminal } from '../../src/cli/run-program.ts'
import { showsUnicode } from '../../src/cli/unicode.ts'

describe('a program that the terminal is handed to', () => {
  const node = (code: string) => runInTerminal(process.execPath, ['-e', code])

  test('says how it failed, or nothing', async () => {
    expect(await node('')).toBeUndefined()
    expect(await node('process.exit(3)')).toBe('ended with status 3')
    expect(await node(`process.kill(process.pid, 'SIGTERM')`)).toBe('was ended by SIGTERM')
    expect(await runInTerminal('/nowhere/vim', [])).toMatch(/^could not be started: .*ENOENT/)
  })

  test('answers Ctrl-C itself: limbeck waits for it', async () => {
    const listeners = process.listenerCount('SIGINT')
    const running = node('setTimeout(() => {}, 100)')
    expect(process.listenerCount('SIGINT')).toBe(listeners + 1)
    await running
    expect(process.listenerCount('SIGINT')).toBe(listeners)
  })
})

test.each([
  [{}, true],
  [{ LANG: 'en_US.UTF-8' }, true],
  [{ LANG: 'C.utf8' }, true],
  [{ LANG: 'C' }, false],
  [{ LC_ALL: 'POSIX', LANG: 'en_US.UTF-8' }, false],
  [{ LC_CTYPE: 'de_DE.UTF-8', LANG: 'C' }, true],
  [{ TERM: 'linux' }, false],
  [{ TERM: 'dumb' }, false],
] as const)('with %j it is %s that characters beyond ASCII are shown', (env, shows) => {
  expect(showsUnicode(env)).toBe(shows)
})

describe('a line that is cut', () => {
  const escapeCode = String.fromCharCode(27)
  const red = `${escapeCode}[31m`
  const plain = `${escapeCode}[39m`

  test('fits, and is left alone where it fits', () => {
    expect(cutTo('abcdef', 6)).toBe('abcdef')
    expect(cutTo('abcdefg', 6)).toBe('abcde…')
  })

  test('counts what a terminal shows: colours take no room, some characters two columns', () => {
    expect(widthOf(`${red}ab${plain}日本e\u0301`)).toBe(7)
    expect(cutTo(`${red}abc${plain}`, 3)).toBe(`${red}abc${plain}`)
    expect(cutTo('日本語', 5)).toBe('日本…')
    expect(cutTo('日本語', 4)).toBe('日…')
  })

  test('leaves no colour on for what comes after it', () => {
    expect(cutTo(`${red}abcd${plain}`, 3)).toBe(`${red}ab…${escapeCode}[0m`)
  })
})
