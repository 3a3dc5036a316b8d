import { beforeEach, expect, test, vi } from 'vitest'
import { escapedFrom } from '../../../tests/fakes/escapedFrom.ts'
import type { CommentId, VersionId } from '../../shared/ids.ts'
import type { Comment } from '../../shared/review.ts'
import { startChoosing, useCommentView } from '../review/comments/commentView.ts'
import { compareVersions, stopComparing, useCompare } from '../review/compare/compareStore.ts'
import { addShape, changeDrawingOf, forgetDrawing, takeTool, useDraw } from '../review/drawing/drawStore.ts'
import { type LayerName, layerOrder, takeOffLayer, topLayer } from './layers.ts'
import { useOverlays } from './overlayStore.ts'
import { type Route, useRoute } from './routeStore.ts'

/** As much of an element as the layers ask about. */
class Part {
  readonly fields: string
  constructor(fields = '') {
    this.fields = fields
  }
  focus() {
    page.activeElement = this
  }
  contains(other: unknown) {
    return other === this
  }
  closest(selector: string) {
    return this.fields !== '' && selector.includes(this.fields) ? this : null
  }
  matches(selector: string) {
    return this.fields !== '' && selector.includes(this.fields)
  }
}
const body = new Part()
const stage = new Part()
const section = new Part()
const button = new Part()
const reply = new Part('comments')
const field = new Part('textarea')
const page = {
  body,
  activeElement: body,
  fullscreenElement: null as Part | null,
  exitFullscreen: async () => {
    page.fullscreenElement = null
  },
  querySelector: (selector: string) => (selector.includes('stage') ? stage : section),
}

const library: Route = { screen: 'library', placeId: null }
const room: Route = { screen: 'review', assetId: 'a1' as never }
const settings: Route = { screen: 'settings', section: 'general' }
const drawn = { id: 'c1' as CommentId, drawing: [{ id: 's1' }] } as unknown as Comment

/** How each comes to lie there. */
const put: Readonly<Record<LayerName, () => void>> = {
  fullScreen: () => {
    page.fullscreenElement = stage
  },
  inspector: () => useOverlays.setState({ isInspectorSheetOpen: true }),
  shape: () => useDraw.setState({ chosen: 's1' }),
  tool: () => takeTool('pen'),
  drawing: () => useDraw.setState({ of: drawn }),
  comparison: () => compareVersions('v2' as VersionId, 'v1' as VersionId),
  choosing: startChoosing,
  focus: () => reply.focus(),
  field: () => field.focus(),
  room: () => useRoute.setState({ past: [library], route: room, future: [] }),
  settings: () => useRoute.setState({ past: [library], route: settings, future: [] }),
}

beforeEach(() => {
  vi.stubGlobal('document', page)
  vi.stubGlobal('window', { innerWidth: 1440, matchMedia: () => ({ matches: false }) })
  body.focus()
  page.fullscreenElement = null
  useRoute.setState({ past: [], route: library, future: [] })
  useOverlays.setState({ isInspectorSheetOpen: false })
  useCommentView.setState({ chosen: null })
  stopComparing()
  forgetDrawing()
})

/** Presses Escape until nothing is left, and says what went each time. */
function pressedThrough(): (LayerName | undefined)[] {
  const went: (LayerName | undefined)[] = []
  while (topLayer() !== undefined && went.length < 20) {
    went.push(topLayer())
    takeOffLayer()
  }
  return went
}

test.each<{ lies: LayerName[] }>([
  { lies: ['room'] },
  { lies: ['focus', 'room'] },
  { lies: ['choosing', 'room'] },
  { lies: ['choosing', 'focus', 'room'] },
  { lies: ['comparison', 'room'] },
  { lies: ['comparison', 'choosing', 'focus', 'room'] },
  { lies: ['tool', 'room'] },
  { lies: ['tool', 'comparison', 'room'] },
  { lies: ['shape', 'tool', 'drawing', 'room'] },
  { lies: ['fullScreen', 'tool', 'room'] },
  { lies: ['fullScreen', 'shape', 'tool', 'drawing', 'comparison', 'choosing', 'focus', 'room'] },
  { lies: ['settings'] },
  { lies: ['field', 'settings'] },
])('of $lies one goes with each press, from the top down', ({ lies }) => {
  expect(lies, 'the table is in the order of the layers').toEqual(
    lies.toSorted((a, b) => layerOrder.indexOf(a) - layerOrder.indexOf(b)),
  )
  for (const name of lies.toReversed()) {
    put[name]()
    expect(topLayer(), `${name} lies on top once it is there`).toBe(name)
  }
  expect(pressedThrough()).toEqual(lies)
  expect(useRoute.getState().route).toEqual(library)
})

test('what lies below is as it was', () => {
  put.room()
  put.comparison()
  takeTool('pen')
  addShape({
    id: 's2',
    tool: 'pen',
    colour: '#ffffff',
    strokeWidth: 0.004,
    points: [{ x: 0, y: 0 }],
  } as never)
  takeOffLayer()
  expect(useDraw.getState()).toMatchObject({ tool: null, shapes: [{ id: 's2' }] })
  expect(useCompare.getState().other).toBe('v1')
  expect(useRoute.getState().route).toEqual(room)
})

test('the drawing of a comment goes back as it was kept, once the pen is put down', () => {
  put.room()
  changeDrawingOf(drawn)
  expect(pressedThrough()).toEqual(['tool', 'drawing', 'room'])
})

test('a library, and a room whose picture has the focus, have nothing to put down', () => {
  put.tool()
  put.comparison()
  button.focus()
  expect(topLayer()).toBeUndefined()
  put.room()
  stopComparing()
  forgetDrawing()
  stage.focus()
  expect(topLayer()).toBe('room')
})

test('a control beside the picture is no layer: one press leaves the room', () => {
  put.room()
  button.focus()
  expect(pressedThrough()).toEqual(['room'])
})

test('full screen that has ended while it was left is no failure', async () => {
  put.fullScreen()
  vi.stubGlobal('document', {
    ...page,
    exitFullscreen: () => Promise.reject(new TypeError('Document not active')),
  })
  expect(await escapedFrom(takeOffLayer)).toEqual([])
})
