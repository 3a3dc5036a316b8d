import { exactCount, plural } from '../format.ts'

/* Words about writing comments: people, colours, what a service cannot hold, undo, saving them. */

const listed = (words: readonly string[]) =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

const losses = { range: 'range', drawing: 'drawing', colour: 'colour', answer: 'link to what it answers' }

export const remark = {
  people: 'People to mention',
  peopleFound: (value: number) =>
    value === 0 ? '' : `${plural(value, 'person', 'people')}. Arrow keys choose, Enter takes.`,
  group: 'Group',
  colour: 'Colour',
  colourIs: (colour: string) => `Colour: ${colour}`,
  noColour: 'No colour',
  colours: { red: 'Red', amber: 'Amber', green: 'Green', blue: 'Blue', violet: 'Violet' },
  marker: (words: string, colour: string) => `${words}, ${colour.toLowerCase()}`,
  markers: (value: number, people: readonly string[], timecode: string) =>
    `${exactCount(value)} comments by ${listed(people)} at ${timecode}`,
  moreMarkers: (value: number) => `and ${exactCount(value)} more`,
  everythingStays: (provider: string) =>
    `${provider} holds no comments: words, time, range, drawing and colour stay on this computer.`,
  lost: (provider: string, lost: readonly (keyof typeof losses)[]) =>
    `${provider} keeps the words and the start; the ${listed(lost.map((each) => losses[each]))} ${lost.length === 1 ? 'stays' : 'stay'} on this computer.`,
  internalLost: (provider: string) => `${provider} shows every comment to guests, this one too.`,
  here: 'On this computer',
  hereMore: 'The service does not hold it.',
  changed: (value: number) =>
    value === 1 ? 'The comment is changed.' : `${exactCount(value)} comments are changed.`,
  opened: (value: number) =>
    value === 1
      ? 'The comment is for everybody now.'
      : `${exactCount(value)} comments are for everybody now.`,
  moveToPlayhead: 'Move to the playhead',
  moveToRange: 'Move to the marked range',
  changeAnswer: 'Change your answer',
  refused: {
    create: 'Saved here, not sent',
    edit: 'The change was not sent',
    remove: 'Could not be deleted',
  },
  giveUp: { create: 'Discard', edit: 'Discard the change', remove: 'Keep it' },
  undone: 'Taken back.',
  nothingToUndo: 'Nothing to take back.',
  notRestored: (value: number) =>
    `${plural(value, 'comment', 'comments')} of others cannot be brought back: they were deleted at the service.`,
  notChangedBack: (value: number) =>
    `${plural(value, 'comment was', 'comments were')} deleted meanwhile and cannot be changed back.`,
  fromVersion: (version: string) => `From ${version}`,
  carryOver: 'Carry over',
  carried: (value: number, hasAnswers: boolean) =>
    value === 0
      ? 'Carried over already.'
      : `${plural(value, 'comment', 'comments')} carried over.${hasAnswers ? ' The answers stay with the earlier version.' : ''}`,
  isCarried: 'Carried over',
  isFixed: 'Fixed',
  markFixed: 'Mark as fixed',
  earlierMarker: (words: string, version: string) => `${words}, of ${version}`,
  earlierDrawings: (value: number) => `${exactCount(value)} of earlier versions`,
  save: 'Save comments…',
  saveTitle: 'Save comments',
  saveAction: 'Save…',
  format: 'As',
  formats: { csv: 'CSV', srt: 'SRT', vtt: 'WebVTT' },
  audience: 'For whom',
  forClients: 'For clients',
  forClientsMore: 'Without internal comments and the answers to them.',
  forTeam: 'For the team',
  forTeamMore: 'Everything, internal comments too.',
  guestSave: 'What you can see here.',
}
