import { expect, test } from 'vitest'
import { shellWords } from '../../src/text/shell-words.ts'

// The answers of Python's `shlex.split`; undefined where it raises.
test.each([
  ['', []],
  ['  ', []],
  ['a b', ['a', 'b']],
  ["--config 'a b.json' -x", ['--config', 'a b.json', '-x']],
  ['a"b c"d', ['ab cd']],
  ["a'b c'd", ['ab cd']],
  ['a\\ b', ['a b']],
  ['"a\\"b" c', ['a"b', 'c']],
  ['"a\\b"', ['a\\b']],
  ["'a\\b'", ['a\\b']],
  ['"a\\\\b"', ['a\\b']],
  ["''", ['']],
  ['"" x', ['', 'x']],
  ["a ''", ['a', '']],
  ["it\\'s", ["it's"]],
  ['x\ty\nz', ['x', 'y', 'z']],
  ['--a="b c" --d', ['--a=b c', '--d']],
  ['#no comment', ['#no', 'comment']],
  ['"\\$HOME"', ['\\$HOME']],
  ["a''b", ['ab']],
  ['é "ü ß"', ['é', 'ü ß']],
  ['"a', undefined],
  ["'a", undefined],
  ['a\\', undefined],
])('%j is split as a shell splits it', (text, words) => {
  expect(shellWords(text)).toEqual(words)
})
