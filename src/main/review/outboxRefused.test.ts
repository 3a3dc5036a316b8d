import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import { firstConnection, openClipBench } from '../../../tests/fakes/libraryBench.ts'
import { draftFor, fakeService, openOutboxBench } from '../../../tests/fakes/outboxBench.ts'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import type { VersionId } from '../../shared/ids.ts'

describe('what the service refuses', () => {
  let bench: LibraryBench
  let versionId: VersionId
  let service: ReturnType<typeof fakeService>
  let readAgain: VersionId[]

  beforeEach(async () => {
    ;({ bench, versionId } = await openClipBench())
    service = fakeService()
    readAgain = []
  })
  afterEach(() => bench.close())

  const open = () => {
    const opened = openOutboxBench({
      db: bench.database.db,
      power: () => service.power,
      ref: () => bench.refs.version(versionId).ref,
      now: () => 1000,
      readAgain: (id) => readAgain.push(id),
    })
    const { comments, outbox } = opened
    return {
      ...opened,
      send: () => outbox.wake(firstConnection),
      write: (text: string, parentId?: ReturnType<typeof comments.create>['id']) =>
        comments.create(draftFor(versionId, text, parentId === undefined ? {} : { parentId, span: null })).id,
      shown: () =>
        comments
          .list(versionId)
          .map(({ text, pending }) => [
            text,
            pending === null
              ? 'sent'
              : `${pending.kind} ${pending.state} ${pending.failure?.code ?? ''}`.trim(),
          ]),
    }
  }
  const refuse = (code: ErrorCode, ...kinds: readonly string[]) =>
    service.onBefore((kind) => {
      if (kinds.includes(kind)) throw new AppError(code)
    })
  const refuseNothing = () => service.onBefore(() => undefined)

  test('a comment that is not removed there is here again with the answers, tries again and goes', async () => {
    const { comments, send, write, shown, waiting } = open()
    const head = write('Head')
    write('Answer', head)
    await send()
    refuse('auth.forbidden', 'remove')
    comments.remove(head)
    expect(shown()).toEqual([])
    await send()
    expect(shown()).toEqual([
      ['Head', 'remove failed auth.forbidden'],
      ['Answer', 'sent'],
    ])
    expect(service.held.size).toBe(2)
    refuseNothing()
    comments.retry(head)
    expect(shown()).toEqual([])
    await send()
    expect([shown(), [...service.held.values()].map(({ text }) => text), waiting()]).toEqual([
      [],
      ['Answer'],
      0,
    ])
  })

  test('of many that are not removed together each is here again, and none is lost to the next start', async () => {
    service.canMany()
    const first = open()
    const ids = ['One', 'Two'].map((text) => first.write(text))
    await first.send()
    refuse('auth.forbidden', 'removeMany', 'remove')
    first.comments.removeMany(ids)
    await first.send()
    const refused = ids.map((_id, at) => [at === 0 ? 'One' : 'Two', 'remove failed auth.forbidden'])
    expect(first.shown()).toEqual(refused)
    // As an earlier version of the app left it.
    bench.database.db.exec('UPDATE comment SET is_removed = 1')
    first.outbox.stop()
    const second = open()
    second.outbox.start()
    expect(second.shown()).toEqual(refused)
  })

  test('a removal that only waits for the sign-in stays one', async () => {
    const { comments, outbox, send, write, shown } = open()
    const id = write('Gone soon')
    await send()
    refuse('auth.expired', 'remove')
    comments.remove(id)
    await send()
    expect(shown()).toEqual([])
    outbox.start()
    expect(shown()).toEqual([])
    refuseNothing()
    await outbox.signedIn(firstConnection)
    expect([shown(), service.held.size]).toEqual([[], 0])
  })

  test('whoever keeps it, or goes on with it, does not remove it later', async () => {
    const { comments, send, write, shown, waiting } = open()
    const [kept, changed] = [write('Kept'), write('Changed')]
    await send()
    refuse('auth.forbidden', 'remove')
    comments.removeMany([kept, changed])
    await send()
    refuseNothing()
    comments.discard(kept)
    comments.change({ id: changed, text: 'Changed, and there' })
    await send()
    expect(shown()).toEqual([
      ['Kept', 'sent'],
      ['Changed, and there', 'sent'],
    ])
    expect([service.held.size, waiting()]).toEqual([2, 0])
    comments.remove(kept)
    await send()
    expect(service.held.size).toBe(1)
  })

  test('words changed just before a removal that is refused are there as well', async () => {
    const { comments, send, write, shown, waiting } = open()
    const id = write('Words')
    await send()
    comments.change({ id, text: 'Last words' })
    comments.remove(id)
    refuse('auth.forbidden', 'remove')
    await send()
    comments.discard(id)
    expect([shown(), service.held.get(`remote-${id}`)?.text, waiting()]).toEqual([
      [['Last words', 'sent']],
      'Last words',
      0,
    ])
  })

  test('an answer that was removed by itself and refused is there when what it answers comes back', async () => {
    const { comments, send, write, shown } = open()
    const head = write('Head')
    const answer = write('Answer', head)
    await send()
    refuse('auth.forbidden', 'remove')
    comments.remove(answer)
    comments.remove(head)
    await send()
    expect(shown()).toEqual([
      ['Head', 'remove failed auth.forbidden'],
      ['Answer', 'remove failed auth.forbidden'],
    ])
  })

  test('an answer does not go out without what it answers, and follows it when that is tried again', async () => {
    const { comments, send, write, shown, waiting } = open()
    refuse('remote.refused', 'create')
    const head = write('Head')
    await send()
    refuseNothing()
    const answer = write('Answer', head)
    await send()
    expect(shown().map(([, state]) => state)).toEqual([
      'create failed remote.refused',
      'create failed remote.refused',
    ])
    expect(service.log).toEqual([])
    comments.retry(answer)
    await send()
    expect([service.log, waiting()]).toEqual([['create Head', 'create Answer'], 0])
    expect([...service.held.values()].map(({ parent }) => parent)).toEqual([null, `remote-${head}`])
  })

  test('an answer that was deleted with what it answers is no remark of its own when that is refused', async () => {
    const { comments, send, write, shown, waiting } = open()
    const head = write('Head')
    write('Answer', head)
    let isFirst = true
    service.onBefore((kind) => {
      if (kind !== 'create' || !isFirst) return
      isFirst = false
      comments.remove(head)
      throw new AppError('remote.refused')
    })
    await send()
    expect([service.log, service.held.size, shown(), waiting()]).toEqual([[], 0, [], 0])
  })

  test('an answer waits for as long as what it answers waits', async () => {
    const { send, write, shown } = open()
    const head = write('Head')
    write('Answer', head)
    refuse('network.offline', 'create')
    await send()
    await send()
    expect([shown().map(([, state]) => state), service.log]).toEqual([
      ['create queued network.offline', 'create queued'],
      [],
    ])
  })

  test('tried again, what it answers takes the answers along', async () => {
    const { comments, send, write } = open()
    refuse('remote.refused', 'create')
    const head = write('Head')
    write('Answer', head)
    await send()
    refuseNothing()
    comments.retry(head)
    await send()
    expect(service.log).toEqual(['create Head', 'create Answer'])
  })

  test('given up, a comment that never arrived leaves nothing behind, nor do the answers to it', async () => {
    const { comments, send, write, shown, waiting } = open()
    refuse('remote.refused', 'create')
    const head = write('Head')
    const answer = write('Answer', head)
    write('Second answer', head)
    await send()
    refuseNothing()
    comments.discard(answer)
    expect(shown().map(([text]) => text)).toEqual(['Head', 'Second answer'])
    comments.discard(head)
    await send()
    const rows = bench.database.db.prepare('SELECT count(*) FROM comment').pluck().get()
    expect([shown(), waiting(), rows, service.log]).toEqual([[], 0, 0, []])
  })

  test('a change that is given up makes way for what the service holds; one that went out is left alone', async () => {
    const { comments, send, write, shown, waiting } = open()
    const id = write('Words')
    await send()
    comments.discard(id)
    expect([shown(), readAgain]).toEqual([[['Words', 'sent']], []])
    refuse('auth.forbidden', 'change')
    comments.change({ id, text: 'Other words' })
    await send()
    expect(shown()).toEqual([['Other words', 'edit failed auth.forbidden']])
    comments.discard(id)
    expect([waiting(), readAgain]).toEqual([0, [versionId]])
  })
})
