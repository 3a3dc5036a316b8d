import { expect, test } from 'vitest'
import type { SourceId } from '../shared/ids.ts'
import { createWantedPictures } from './wantedPictures.ts'

test('a page that was not there yet is asked for every picture that is still missing, and for no other', () => {
  const told: string[] = []
  const pictures = createWantedPictures((wanted) => told.push(wanted.url))
  const want = (id: string) =>
    pictures.want({ sourceId: id as SourceId, url: `media://local/source/${id}`, kind: 'video' })
  want('one')
  want('two')
  pictures.settled('one' as SourceId)
  told.length = 0
  pictures.askAll()
  expect(told).toEqual(['media://local/source/two'])
})
