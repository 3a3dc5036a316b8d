/** A walk through every screen and state of the review room, for whoever looks at them: a picture, or axe. */
import { cards, frameCounter } from './actor.ts'
import { arrow, draft, drawAll, pull } from './drawnByHand.ts'
import { comment, openPlace, openReview, openRidgeDay } from './iconikLife.ts'
import type { LaunchedApp } from './launch.ts'
import { expect } from './launch.ts'
import { pictureBox } from './pictureMask.ts'
import { showBesides } from './reviewBesides.ts'

type Window = LaunchedApp['window']
type Show = (screen: string) => Promise<void>

const panel = (window: Window) => window.getByRole('complementary', { name: 'Comments' })
const composer = (window: Window) => window.locator('#review-composer')
const toStage = (window: Window) => window.locator('[data-focus="stage"]').first().focus()

async function press(window: Window, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await window.keyboard.press(key)
}

/** The frame is on the screen, and not only asked for. */
const untilShown = (window: Window, frame: number) =>
  window.waitForFunction(
    (wanted) => document.querySelector('video')?.dataset['presented'] === wanted,
    String(frame),
  )

/** The pointer rests where it changes nothing. */
const leave = (window: Window) => window.mouse.move(720, 2)

async function ready(window: Window): Promise<void> {
  await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await window.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2)
}

async function leaveRoom(window: Window): Promise<void> {
  await toStage(window)
  await press(window, 'Escape')
  await expect(window.getByRole('listbox', { name: 'Assets' })).toBeVisible()
}

/** From the demo on, the room of a clip with three versions and much said of it. */
export async function openTalkedOf(window: Window): Promise<void> {
  await openRidgeDay(window)
  await openReview(window, 'Ridge, first light')
  await ready(window)
  await expect(comment(window, 'The birds pull the eye away')).toBeVisible()
  await toStage(window)
}

/** What is played: at speed, over a range, in a loop, larger, under the pointer. */
export async function showPlayer({ window }: LaunchedApp, show: Show): Promise<void> {
  await press(window, 'Control+l', 'Home', 'Space')
  await expect.poll(() => frameCounter(window)).toBeGreaterThan(2)
  await show('review-playing')
  // Whoever looks long looks to the end of the clip.
  await press(window, 'Home', 'l')
  await expect.poll(() => frameCounter(window)).toBeGreaterThan(2)
  await press(window, 'l', 'l')
  await expect(window.getByRole('button', { name: 'Speed: 4×' })).toBeVisible()
  await show('review-shuttle')
  await press(window, 'k', 'Home', 'Shift+ArrowRight', 'Shift+ArrowRight', 'i')
  await press(window, 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight', 'o', 'Shift+ArrowLeft')
  await expect(window.getByRole('slider', { name: 'Out' })).toHaveAttribute('aria-valuenow', '120')
  await untilShown(window, 96)
  await show('review-range')
  await press(window, 'm')
  await window.keyboard.type('Hold this for twelve frames more, so that the claim can be read.')
  await show('review-over-range')
  await composer(window).fill('')
  await press(window, 'Escape', 'Alt+x', 'Control+l')

  const timeline = await window.locator('[data-timeline]').boundingBox()
  if (timeline === null) throw new Error('the timeline is not on the screen')
  await window.mouse.move(timeline.x + timeline.width * 0.7, timeline.y + timeline.height - 40)
  const hover = window.locator('[data-timeline] video')
  await expect
    .poll(() => hover.evaluate((video: HTMLVideoElement) => !video.seeking && video.currentTime > 0))
    .toBe(true)
  await show('review-hover')
  await leave(window)
  await expect(hover).toHaveCount(0)

  await press(window, 'Control+=', 'Control+=', 'Control+=')
  const { x, y } = await pictureBox(window)
  await window.mouse.move(x + 300, y + 200)
  await window.mouse.down()
  await window.mouse.move(x + 460, y + 300, { steps: 6 })
  await window.mouse.up()
  await leave(window)
  await show('review-zoomed')
  await press(window, 'Control+0')
}

/** Every tool, and a drawing that somebody sent. */
export async function showDrawings({ window }: LaunchedApp, show: Show): Promise<void> {
  await comment(window, 'The birds pull the eye away')
    .getByRole('button', { name: /^01:00/ })
    .click()
  await expect.poll(() => frameCounter(window)).toBe(120)
  await untilShown(window, 120)
  await leave(window)
  await show('review-drawn')
  await toStage(window)
  await press(window, 'Home')
  await untilShown(window, 0)
  await drawAll(window)
  await leave(window)
  await show('review-drawing')
  // The tool in the hand writes.
  await pull(window, [[0.55, 0.55]])
  await expect(window.getByRole('textbox', { name: 'Words on the picture' })).toBeFocused()
  await window.keyboard.type('Paint this out')
  await show('review-drawing-text')
  await press(window, 'Enter', '7')
  await pull(window, [arrow[0]])
  await expect(window.getByRole('button', { name: 'Delete the chosen shape' })).toBeVisible()
  await leave(window)
  await show('review-drawing-chosen')
  await window.getByRole('button', { name: 'Clear the drawing' }).click()
  await expect(draft(window)).toHaveCount(0)
  await toStage(window)
  await press(window, 'Escape')
}

async function chooseMore(window: Window, name: RegExp): Promise<void> {
  await panel(window).getByRole('button', { name: 'More', exact: true }).first().click()
  await window.getByRole('menuitem', { name }).click()
}

async function closeMenu(window: Window): Promise<void> {
  await press(window, 'Escape')
  await expect(window.getByRole('menu')).toHaveCount(0)
}

/** What is said: menus, filter, search, several at once, written, changed, answered, deleted, saved. */
export async function showWords({ window }: LaunchedApp, show: Show): Promise<void> {
  await panel(window).getByRole('button', { name: 'Filter', exact: true }).click()
  await expect(window.getByRole('menu')).toBeVisible()
  await show('review-filter')
  await closeMenu(window)
  const find = panel(window).getByRole('textbox', { name: 'Find in comments' })
  await find.fill('lighthouse')
  await expect(panel(window).getByRole('article')).toHaveCount(0)
  await show('review-find-none')
  await find.fill('')

  await chooseMore(window, /^Choose several/)
  await panel(window).getByRole('checkbox').nth(0).check()
  await panel(window).getByRole('checkbox').nth(2).check()
  await show('review-several')
  await window.getByRole('toolbar').getByRole('button', { name: 'Cancel' }).click()

  await toStage(window)
  await press(window, 'm')
  await window.keyboard.type('Look at the haze, @')
  await expect(window.getByRole('listbox', { name: 'People to mention' })).toBeVisible()
  await show('review-mention')
  await press(window, 'Escape')
  await window.getByRole('button', { name: 'Colour', exact: true }).click()
  await expect(window.getByRole('menu')).toBeVisible()
  await show('review-colours')
  await closeMenu(window)
  await composer(window).fill('Say this one twice.')
  await press(window, 'Enter')
  const mine = comment(window, 'Say this one twice.')
  await expect(mine).toBeVisible()
  await mine.getByRole('button', { name: 'More' }).click()
  await expect(window.getByRole('menu')).toBeVisible()
  await show('review-card-menu')
  await window.getByRole('menuitem', { name: 'Edit' }).click()
  await show('review-edit')
  await press(window, 'Escape')
  await mine.getByRole('button', { name: 'More' }).click()
  await window.getByRole('menuitem', { name: 'Reply' }).click()
  await window.keyboard.type('So said.')
  await show('review-reply')
  await press(window, 'Escape')
  await mine.getByRole('button', { name: 'More' }).click()
  await window.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(window.getByText('The comment is deleted.')).toBeVisible()
  await show('review-deleted-comment')
  await window.getByRole('status').getByRole('button', { name: 'Undo' }).click()
  await expect(mine).toBeVisible()

  await chooseMore(window, /^Save comments/)
  await expect(window.getByRole('dialog')).toBeVisible()
  await show('review-save')
  await press(window, 'Escape')
  await expect(window.getByRole('dialog')).toHaveCount(0)
  await chooseMore(window, /^Comments of earlier versions/)
  await expect(comment(window, 'Keep more of the haze')).toContainText('v2')
  await show('review-earlier')
  await chooseMore(window, /^Comments of earlier versions/)
  await toStage(window)
}

/** Another version beside, over, against. */
export async function showCompare({ window }: LaunchedApp, show: Show): Promise<void> {
  await toStage(window)
  await press(window, 'Home', 'Shift+ArrowRight', 'Shift+ArrowRight', 'c')
  const bar = window.getByRole('toolbar', { name: 'Compare' })
  await expect(bar).toBeVisible()
  await window.waitForFunction(() => {
    const videos = [...document.querySelectorAll('video')]
    return videos.length === 2 && videos.every((video) => video.readyState >= 2 && !video.seeking)
  })
  await show('review-compare-side')
  for (const name of ['Wipe', 'Overlay', 'Difference']) {
    await bar.getByRole('radio', { name }).click()
    if (name === 'Difference') await bar.getByRole('spinbutton').last().fill('12')
    await leave(window)
    await window.waitForFunction(() =>
      [...document.querySelectorAll('video')].every((video) => video.readyState >= 2 && !video.seeking),
    )
    await show(`review-compare-${name.toLowerCase()}`)
  }
  await bar.getByRole('button', { name: 'Stop comparing' }).click()
  await expect(bar).toHaveCount(0)
}

/** What is not a film: a still, a sound. From the room on; ends in the library. */
export async function showOthers({ window }: LaunchedApp, show: Show): Promise<void> {
  await leaveRoom(window)
  for (const [place, screen] of [
    ['Stills', 'review-image'],
    ['Sound', 'review-sound'],
  ] as const) {
    await openPlace(window, 'Autumn Campaign', place)
    await cards(window).first().dblclick()
    await expect(window.locator('[data-focus="stage"]')).toBeVisible()
    await window.waitForFunction(() => {
      const video = document.querySelector('video')
      const image = document.querySelector<HTMLImageElement>('[data-focus="stage"] img')
      return video === null ? (image?.naturalWidth ?? 0) > 0 : video.readyState >= 2
    })
    await leave(window)
    await show(screen)
    await leaveRoom(window)
  }
}

/** The picture and its controls. The window keeps that size where nothing gives it back, so this comes last. */
export async function showFullScreen({ window }: LaunchedApp, show: Show): Promise<void> {
  const isFull = () => window.evaluate(() => document.fullscreenElement !== null)
  await toStage(window)
  await press(window, 'f')
  await expect.poll(isFull).toBe(true)
  const controls = window.getByRole('button', { name: 'Play', exact: true })
  const opacity = () =>
    controls.evaluate((element) => getComputedStyle(element.parentElement ?? element).opacity)
  await window.mouse.move(700, 400)
  // It goes on moving while somebody looks at the screen.
  await window.evaluate(() => {
    const move = () => document.fullscreenElement?.dispatchEvent(new PointerEvent('pointermove'))
    Reflect.set(globalThis, 'movingPointer', setInterval(move, 200))
  })
  await expect.poll(opacity).toBe('1')
  await show('review-full-screen')
  await window.evaluate(() => clearInterval(Reflect.get(globalThis, 'movingPointer')))
  // They go while the pointer rests, and come with it.
  await expect.poll(opacity).toBe('0')
  await window.mouse.move(710, 410)
  await expect.poll(opacity).toBe('1')
  await press(window, 'f')
  await expect.poll(isFull).toBe(false)
}

/** All of them, from the demo on. */
export async function showReview(launched: LaunchedApp, show: Show): Promise<void> {
  await openTalkedOf(launched.window)
  await showPlayer(launched, show)
  await showDrawings(launched, show)
  await showWords(launched, show)
  await showBesides(launched, show)
  await showCompare(launched, show)
  await showFullScreen(launched, show)
  await showOthers(launched, show)
}
