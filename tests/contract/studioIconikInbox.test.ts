import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  at,
  expectStatus,
  type IconikBench,
  listAt,
  makeAsset,
  openBench,
  textAt,
} from '../fakes/iconikBench.ts'

let bench: IconikBench
const me = () => bench.iconik
const ask: IconikBench['iconik']['ask'] = (...call) => bench.iconik.ask(...call)
const segmentsOf = (assetId: string) => `assets/v1/assets/${assetId}/segments`

beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

async function add(assetId: string, body: object): Promise<string> {
  const answer = await expectStatus(me(), 201, 'POST', `${segmentsOf(assetId)}/`, {
    segment_type: 'COMMENT',
    ...body,
  })
  return textAt(answer, 'id')
}

describe('an inbox', () => {
  test('tells of mentions, answers and comments, newest first, and is read all at once', async () => {
    const assetId = await makeAsset(me(), 'Inbox')
    const limited = me().limited()
    const mine = await add(assetId, { segment_text: `Please look, @${bench.studio.iconik.limitedEmail}` })
    await add(assetId, { segment_text: 'Nothing for anybody' })
    const inbox = 'users-notifications/v1/notifications/'
    const got = await expectStatus(limited, 200, 'GET', inbox)
    expect(listAt(got, 'objects')).toMatchObject([
      {
        ...{ event_type: 'mention', object_type: 'assets', object_id: assetId, sub_object_type: 'segments' },
        ...{ sub_object_id: mine, status: 'SENT', message_short: 'Robin Producer mentioned you on Inbox' },
      },
    ])
    const reply = { segment_type: 'COMMENT', segment_text: 'Looks fine, @Robin Producer', parent_id: mine }
    await expectStatus(limited, 201, 'POST', `${segmentsOf(assetId)}/`, reply)
    await expectStatus(limited, 201, 'POST', `${segmentsOf(assetId)}/`, {
      segment_type: 'COMMENT',
      segment_text: 'More',
    })
    const box = await expectStatus(me(), 200, 'GET', `${inbox}?per_page=2`)
    expect(listAt(box, 'objects')).toMatchObject([{ event_type: 'comment' }, { event_type: 'mention' }])
    const last = textAt(box, 'objects', 1, 'id')
    expect((await ask('GET', `${inbox}?last_id=${last}`)).body).toMatchObject({ objects: [], next_url: '' })
    await expectStatus(me(), 200, 'PUT', `${inbox}all/read/`)
    const read = await ask('GET', inbox)
    expect(listAt(read, 'objects').every((notice) => at(notice, 'status') === 'READ')).toBe(true)
    expect((await limited.ask('GET', inbox)).body).toMatchObject({ objects: [{ status: 'SENT' }] })
    expect((await limited.ask('GET', `${inbox}${last}/`)).status).toBe(404)
    await expectStatus(me(), 204, 'DELETE', `${inbox}${last}/`)
    expect((await ask('GET', `${inbox}${last}/`)).status).toBe(404)
  })

  test('somebody who is left out of a notice is told nothing, and the answer is a notice all the same', async () => {
    const inbox = 'users-notifications/v1/notifications/'
    const before = await expectStatus(me(), 200, 'GET', inbox)
    const myId = textAt(await expectStatus(me(), 200, 'GET', 'users/v1/users/current/'), 'id')
    const notice = {
      ...{ recipient_id: myId, sender_id: myId, event_type: 'comment', object_type: 'assets' },
      ...{ object_id: randomUUID(), message_short: 'Short', message_long: 'Long' },
    }
    const leftOut = { ...notice, exclude_users: [myId] }
    const answer = await expectStatus(me(), 201, 'POST', inbox, leftOut)
    expect(answer.body).toMatchObject({ recipient_id: myId, message_short: 'Short' })
    expect((await ask('GET', `${inbox}${textAt(answer, 'id')}/`)).status).toBe(404)
    const told = await expectStatus(me(), 201, 'POST', inbox, notice)
    const after = listAt(await expectStatus(me(), 200, 'GET', inbox), 'objects')
    expect(after.map((each) => at(each, 'id'))).toEqual([
      textAt(told, 'id'),
      ...listAt(before, 'objects').map((each) => at(each, 'id')),
    ])
  })

  test('stays empty of what its owner switched off', async () => {
    const setting = 'users-notifications/v1/notification_settings/assets/segments/mention/IN_APP/'
    const limited = me().limited()
    const admin = me()
    await expectStatus(limited, 201, 'PUT', setting, { enabled: false })
    const before = (await limited.ask('GET', 'users-notifications/v1/notifications/')).body
    const assetId = await makeAsset(admin, 'Quiet')
    await add(assetId, { segment_text: `@${bench.studio.iconik.limitedEmail}` })
    expect((await limited.ask('GET', 'users-notifications/v1/notifications/')).body).toEqual(before)
    await expectStatus(limited, 201, 'PUT', setting, { enabled: true })
  })

  test('subscriptions and webhooks are kept as they were made', async () => {
    const assetId = await makeAsset(me(), 'Watched')
    const made = await expectStatus(me(), 201, 'POST', 'users-notifications/v1/subscriptions/', {
      ...{ object_type: 'assets', object_id: assetId, event_type: 'comment' },
    })
    const own = `users-notifications/v1/assets/${assetId}/subscriptions`
    expect((await expectStatus(me(), 200, 'GET', `${own}/`)).body).toMatchObject({
      objects: [{ id: textAt(made, 'id') }],
    })
    expect(
      (
        await me()
          .limited()
          .ask('GET', `users-notifications/v1/subscriptions/${textAt(made, 'id')}/`)
      ).status,
    ).toBe(403)
    await expectStatus(me(), 200, 'DELETE', `${own}/all/`)
    expect((await ask('DELETE', `${own}/all/`)).status).toBe(404)
    const hook = {
      event_type: 'segments',
      url: 'https://example.com/hook',
      status: 'ENABLED',
      operation: 'create',
    }
    const added = await expectStatus(me(), 201, 'POST', 'notifications/v1/webhooks/', hook)
    const path = `notifications/v1/webhooks/${textAt(added, 'id')}/`
    await expectStatus(me(), 200, 'PUT', path, { ...hook, status: 'DISABLED', headers: { 'x-key': '1' } })
    expect((await ask('GET', path)).body).toMatchObject({ status: 'DISABLED', headers: { 'x-key': '1' } })
    expect(
      (await ask('POST', 'notifications/v1/webhooks/', { ...hook, url: 'file:///etc/passwd' })).status,
    ).toBe(400)
    await expectStatus(me(), 204, 'DELETE', path)
    expect((await ask('GET', 'notifications/v1/webhooks/')).body).toEqual({ objects: [] })
  })
})
