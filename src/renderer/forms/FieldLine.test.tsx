import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { FieldLine } from './FieldLine.tsx'

const shown = (of?: string) =>
  renderToStaticMarkup(
    <FieldLine label="Until" {...(of === undefined ? {} : { of })}>
      <input />
    </FieldLine>,
  )

test('a label names its field; without one there is none to name', () => {
  expect(shown('until')).toContain('<label for="until">Until</label>')
  expect(shown()).toContain('<span>Until</span>')
  expect(shown()).not.toContain('<label')
})
