import { expect, test } from 'vitest'
import { fileNameOf } from './fileName.ts'

test.each([
  ['A012_C003.mov', 'A012_C003.srt'],
  ['../../etc/passwd', 'etc passwd.srt'],
  ['C:\\Windows\\x', 'C Windows x.srt'],
  ['con', '_con.srt'],
  ['LPT1.mov', '_LPT1.srt'],
  ['ends in dots...', 'ends in dots.srt'],
  ['  ', 'Comments.srt'],
  ['\u202egnp.exe', 'gnp.srt'],
  ['line\nbreak\u0000', 'line break.srt'],
  ['x'.repeat(500), `${'x'.repeat(200)}.srt`],
  ['😀'.repeat(200), `${'😀'.repeat(50)}.srt`],
  ['Scene 12. Take 3', 'Scene 12. Take 3.srt'],
])('%j is saved as %j', (title, name) => {
  expect(fileNameOf(title, 'srt')).toBe(name)
})
