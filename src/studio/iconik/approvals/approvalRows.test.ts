import { expect, test } from 'vitest'
import { type ApprovalStatus, statusOf, type VoteStatus } from './approvalRows.ts'

const yes: VoteStatus = 'APPROVED'
const no: VoteStatus = 'NOT_APPROVED'

test.each<[VoteStatus[], number | undefined, ApprovalStatus]>([
  [[], undefined, 'N/A'],
  [[], 1, 'REQUESTED'],
  [[yes], undefined, 'APPROVED'],
  [[yes], 1, 'APPROVED'],
  [[yes], 2, 'REQUESTED'],
  [[yes, yes], 2, 'APPROVED'],
  [[no], 3, 'NOT_APPROVED'],
  [[no, no], undefined, 'NOT_APPROVED'],
  [[yes, no], 1, 'MIXED'],
  [[yes, yes, no], 2, 'MIXED'],
])('%j with %s votes asked for is %s', (votes, least, expected) => {
  const request = least === undefined ? undefined : { min_number: least }
  expect(
    statusOf(
      votes.map((status) => ({ status })),
      request,
    ),
  ).toBe(expected)
})
