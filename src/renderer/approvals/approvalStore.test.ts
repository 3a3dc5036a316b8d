import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { onlineConnection } from '../../../tests/fakes/onlineConnection.ts'
import type { Connection } from '../../shared/connection.ts'
import { assetIdSchema, connectionIdSchema, versionIdSchema } from '../../shared/ids.ts'
import { useApp } from '../shell/appStore.ts'
import { sayNothing, useSaid } from '../shell/sayStore.ts'
import { text } from '../text/text.ts'
import { castVote, useApproval, whyNoVote } from './approvalStore.ts'

const connectionId = connectionIdSchema.parse('01J00000000000000000000000')
const assetId = assetIdSchema.parse('01J00000000000000000000010')
const versionId = versionIdSchema.parse('01J00000000000000000000022')
const connectionOf = (more: Partial<Connection>) => onlineConnection(connectionId, more)

const call = vi.fn(async () => ({ ok: true, value: null }))
beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', { rushes: { call } })
})
afterEach(() => {
  sayNothing()
  call.mockClear()
  useApproval.setState({ open: null, approval: null, sending: null })
  useApp.setState({ connections: [] })
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a vote that may not be taken back stays, and why is no confirmation', async () => {
  useApp.setState({ connections: [connectionOf({ lacks: ['takeBackVote'] })] })
  useApproval.setState({
    open: { versionId, assetId, connectionId, isNewest: true },
    approval: {
      ...{ versionId, state: 'approved', minimum: 1, requestedBy: null, requestedAt: null },
      approvers: [{ key: null, name: 'Ida', email: null, vote: 'approved', votedAt: 1, isMe: true }],
    },
  })
  expect(await castVote('approved')).toBe(false)
  expect(call).not.toHaveBeenCalled()
  expect(useSaid.getState().said).toMatchObject({ words: text.rights.takeBackVote(false), isPlain: false })
  expect(await castVote('needsChanges')).toBe(true)
  expect(call).toHaveBeenCalledExactlyOnceWith('approvals.vote', {
    versionId,
    vote: 'needsChanges',
    note: '',
  })
})

test('a vote that was pressed is on its way until it is answered, and only there', async () => {
  useApp.setState({ connections: [connectionOf({})] })
  const open = { versionId, assetId, connectionId, isNewest: true }
  useApproval.setState({ open })
  let answered: (reply: { ok: true; value: null }) => void = () => undefined
  call.mockImplementationOnce(
    () =>
      new Promise((resolve) => {
        answered = resolve
      }),
  )
  const first = castVote('needsChanges')
  expect(useApproval.getState().sending).toBe('needsChanges')
  expect(await castVote('approved'), 'a second one waits for nobody').toBe(false)
  expect(call).toHaveBeenCalledOnce()
  // Another version was opened meanwhile, and a vote was given there.
  const other = versionIdSchema.parse('01J00000000000000000000023')
  useApproval.setState({ open: { ...open, versionId: other }, sending: 'approved' })
  answered({ ok: true, value: null })
  expect(await first).toBe(true)
  expect(useApproval.getState().sending).toBe('approved')
})

test('the right comes before the version; what is kept here takes any version', () => {
  expect(whyNoVote(connectionOf({}), true)).toBeNull()
  expect(whyNoVote(connectionOf({}), false)).toBe(text.rights.older)
  expect(whyNoVote(connectionOf({ lacks: ['vote'] }), false)).toBe(text.rights.vote(false))
  expect(whyNoVote(connectionOf({ powers: ['localVotes'] }), false)).toBeNull()
})
