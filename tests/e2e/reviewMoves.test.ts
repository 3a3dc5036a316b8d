/** What moves in the room: two versions in step, a loop, the clip backwards, a picture larger than its stage. */
import type { Page } from '@playwright/test'
import { seeded } from '../fakes/seeded.ts'
import { ask, codeOnScreen, frameCounter } from './actor.ts'
import { expectNone } from './axe.ts'
import { card, comment, openReview, openRidgeDay } from './iconikLife.ts'
import { expect, test } from './launch.ts'
import { clipPlace, untilOpen } from './listRoom.ts'
import { press, ready, toStage } from './reviewKeys.ts'

const frames = 288
const demo = { args: ['--demo'], size: { width: 1440, height: 900 } } as const

async function openRidge(window: Page): Promise<void> {
  await openRidgeDay(window)
  await openReview(window, 'Ridge, first light')
  await ready(window)
  await toStage(window)
}

const picture = (which: 0 | 1) => `[data-focus="stage"] video >> nth=${which}`

async function goTo(window: Page, frame: number): Promise<void> {
  const field = window.getByRole('textbox', { name: 'Timecode' }).first()
  const two = (value: number) => String(value).padStart(2, '0')
  await field.fill(`01:00:${two(Math.floor(frame / 24))}:${two(frame % 24)}`)
  await field.press('Enter')
  await toStage(window)
  await expect.poll(() => frameCounter(window)).toBe(frame)
  await expect(window.locator(picture(0))).toHaveAttribute('data-presented', String(frame))
}

/** The frames in the pixels of both pictures. */
const both = async (window: Page, inside = (query: string) => query) => [
  (await codeOnScreen(window, inside(picture(0))))?.frame,
  (await codeOnScreen(window, inside(picture(1))))?.frame,
]
const named = (window: Page, which: 'own' | 'other') => window.locator(`[data-compared="${which}"]`)

/** Every frame the player says it shows, for so many milliseconds. */
const watched = (window: Page, forMs: number) =>
  window.evaluate(
    (ms) =>
      new Promise<number[]>((resolve) => {
        const video = document.querySelector<HTMLVideoElement>('[data-focus="stage"] video')
        const seen: number[] = []
        const end = performance.now() + ms
        const look = () => {
          const frame = Number(video?.dataset['presented'] ?? -1)
          if (frame >= 0 && seen.at(-1) !== frame) seen.push(frame)
          if (performance.now() < end) requestAnimationFrame(look)
          else resolve(seen)
        }
        look()
      }),
    forMs,
  )

const offsetOf = (window: Page, version: string) =>
  window.getByRole('spinbutton', { name: `Frames that ${version} is moved by` })
const swap = (window: Page) => window.getByRole('button', { name: 'Swap the two versions' })

test('two versions stand on the frames that belong together, and one without a frame says so', async ({
  launchApp,
}) => {
  test.setTimeout(150_000)
  const random = seeded(83)
  const { window } = await launchApp(demo)
  await openRidge(window)
  await press(window, 'c')
  await expect(named(window, 'other')).toBeVisible()
  for (let turn = 0; turn < 6; turn += 1) {
    const own = random.below(13) - 6
    const other = random.below(13) - 6
    await offsetOf(window, 'v3').fill(String(own))
    await offsetOf(window, 'v2').fill(String(other))
    const frame = 20 + random.below(frames - 40)
    await goTo(window, frame)
    await expect.poll(() => both(window), `v3 ${own}, v2 ${other}`).toEqual([frame, frame + other - own])
    await expect(named(window, 'own')).toHaveText(`v3, frame ${frame + 1}`)
    await expect(named(window, 'other')).toHaveText(`v2, frame ${frame + other - own + 1}`)
  }
  await offsetOf(window, 'v3').fill('0')
  await offsetOf(window, 'v2').fill('-5')
  await goTo(window, 4)
  await expect(named(window, 'other')).toHaveText('v2 has not begun')
  await expect(window.locator(picture(1)), 'nor is there a picture of it').toBeHidden()
  await press(window, 'Alt+.')
  await expect(window.locator(picture(1))).toBeVisible()
  await expect(offsetOf(window, 'v2')).toHaveValue('-4')
  await expect(named(window, 'other')).toHaveText('v2, frame 1')
  await expect.poll(() => both(window)).toEqual([4, 0])
  await press(window, 'Alt+,')
  await expect(named(window, 'other')).toHaveText('v2 has not begun')
  await offsetOf(window, 'v2').fill('7')
  await toStage(window)
  await press(window, 'End')
  await expect(named(window, 'other')).toHaveText('v2 is over')
})

/** Which version stands where, on which frame by its name and by its pixels. */
async function expectPair(window: Page, own: readonly [string, number], other: readonly [string, number]) {
  await expect(named(window, 'own')).toHaveText(`${own[0]}, frame ${own[1] + 1}`)
  await expect(named(window, 'other')).toHaveText(`${other[0]}, frame ${other[1] + 1}`)
  await expect.poll(() => both(window)).toEqual([own[1], other[1]])
  await expect(window.getByRole('tab', { selected: true })).toHaveText(own[0])
}

test('two versions change places on the frames they show, and twice is as before', async ({ launchApp }) => {
  test.setTimeout(150_000)
  const { window } = await launchApp(demo)
  await openRidge(window)
  await press(window, 'c')
  await offsetOf(window, 'v3').fill('2')
  await offsetOf(window, 'v2').fill('-5')
  await goTo(window, 100)
  await expectPair(window, ['v3', 100], ['v2', 93])
  await press(window, 'x')
  await expectPair(window, ['v2', 93], ['v3', 100])
  await expect(offsetOf(window, 'v3')).toHaveValue('2')
  await expect(offsetOf(window, 'v2')).toHaveValue('-5')
  await expect(comment(window, 'Keep more of the haze')).toBeVisible()
  await press(window, 'x')
  await expectPair(window, ['v3', 100], ['v2', 93])
  await expect(comment(window, 'The birds pull the eye away')).toBeVisible()

  await test.step('by its button, which keeps the focus', async () => {
    await swap(window).focus()
    await press(window, 'Enter')
    await expectPair(window, ['v2', 93], ['v3', 100])
    await expect(swap(window)).toBeFocused()
    await swap(window).click()
    await expectPair(window, ['v3', 100], ['v2', 93])
  })

  await test.step('from where the other has no frame', async () => {
    await goTo(window, 4)
    await expect(named(window, 'other')).toHaveText('v2 has not begun')
    await press(window, 'x')
    await expect(named(window, 'own')).toHaveText('v2, frame 1')
    await press(window, 'x')
    await expect(named(window, 'own')).toHaveText('v3, frame 5')
    await expect(named(window, 'other')).toHaveText('v2 has not begun')
  })

  await test.step('as it is looked at, and playing', async () => {
    const edge = window.getByRole('slider', { name: 'Edge between the versions' })
    const looks = () =>
      window.evaluate(() => {
        const picture = document.querySelector('[data-focus="stage"] > [data-compare]')
        return picture === null
          ? null
          : [picture.getAttribute('data-compare'), getComputedStyle(picture).transform]
      })
    await press(window, 'Shift+C')
    await edge.focus()
    await press(window, 'ArrowLeft', 20)
    await toStage(window)
    await press(window, 'Control+=', 2)
    await press(window, 'Alt+Shift+ArrowLeft')
    const before = await looks()
    expect(before?.[0]).toBe('wipe')
    await goTo(window, 24)
    await press(window, 'Space')
    await expect.poll(() => frameCounter(window)).toBeGreaterThan(30)
    await press(window, 'x')
    await expect(named(window, 'own')).toContainText('v2')
    const from = await frameCounter(window)
    await expect.poll(() => frameCounter(window)).toBeGreaterThan(from + 6)
    await press(window, 'k')
    await expect(edge).toHaveAttribute('aria-valuenow', '30')
    expect(await looks()).toEqual(before)
  })
})

test('of two versions one is heard, and it is said which', async ({ launchApp, expectConsoleError }) => {
  const { window } = await launchApp(demo)
  await openRidge(window)
  const muted = () =>
    window
      .locator('[data-focus="stage"] video')
      .evaluateAll((videos) => videos.map((video) => (video as HTMLVideoElement).muted))
  const soundOf = (version: string) => window.getByRole('radio', { name: `Sound of ${version}` })
  const alone = () => window.locator(picture(0)).evaluate((video) => (video as HTMLVideoElement).muted)
  await press(window, 'c')
  await expect(soundOf('v3')).toBeChecked()
  await expect.poll(muted).toEqual([false, true])
  await soundOf('v2').click()
  await expect(soundOf('v2')).toBeChecked()
  await expect.poll(muted).toEqual([true, false])
  await press(window, 'ArrowLeft')
  await press(window, 'Space')
  await expect(soundOf('v3')).toBeChecked()
  await expect.poll(muted).toEqual([false, true])
  await toStage(window)
  await press(window, 'Shift+M')
  await expect.poll(muted).toEqual([true, false])

  await test.step('sound off and on means what is heard', async () => {
    await expect(window.getByRole('button', { name: 'Sound off' })).toBeVisible()
    await press(window, 'Control+Shift+M')
    await expect.poll(muted).toEqual([true, true])
    await expect(window.getByRole('button', { name: 'Sound on' })).toBeVisible()
    await press(window, 'x')
    await expect(named(window, 'own')).toContainText('v2')
    await expect.poll(muted).toEqual([true, true])
    await press(window, 'Control+Shift+M')
    await expect(soundOf('v2')).toBeChecked()
    await expect.poll(muted).toEqual([false, true])
    await press(window, 'x')
    await expect(named(window, 'own')).toContainText('v3')
    await expect.poll(muted).toEqual([true, false])
  })
  await expectNone(window, 'the choice of sound')

  await test.step('what cannot be opened is not heard, and it is said', async () => {
    expectConsoleError(/404.*-gone/)
    await window.locator(picture(1)).evaluate((video) => {
      const element = video as HTMLVideoElement
      element.src = `${element.src}-gone`
    })
    const gone = window.getByRole('radio', { name: 'v2 cannot be opened' })
    await expect(gone).toHaveAttribute('aria-disabled', 'true')
    await expect(soundOf('v3')).toBeChecked()
    await expect.poll(muted).toEqual([false, true])
    await gone.click({ force: true })
    await expect(soundOf('v3')).toBeChecked()
    await toStage(window)
    await press(window, 'Shift+M')
    await expect(window.getByText('The version beside it cannot be opened')).toBeVisible()
  })

  await test.step('alone, the one in the room is heard', async () => {
    await press(window, 'c')
    await press(window, 'c')
    await soundOf('v2').click()
    await expect.poll(muted).toEqual([true, false])
    await window.getByRole('button', { name: 'Stop comparing' }).click()
    await expect(window.getByRole('toolbar', { name: 'Compare' })).toHaveCount(0)
    await expect.poll(alone).toBe(false)
  })
})

test('in a list two versions change places too, and the clip after them is heard', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const { window } = await launchApp(demo)
  await openRidgeDay(window)
  await card(window, 'Ridge, first light').click()
  await press(window, 'Control+a')
  await press(window, 'Shift+Enter')
  await untilOpen(window)
  const place = window.locator('[data-clip]')
  const on = (query: string) => `[data-shown="true"] ${query}`
  const step = async (key: string) => {
    const before = await place.innerText()
    await press(window, key)
    await expect(place).not.toHaveText(before)
    await untilOpen(window)
  }
  const count =
    (await window.getByRole('listbox', { name: 'Clips of the playlist' }).getByRole('option').count()) - 1
  const isRidge = async () => (await window.getByRole('heading', { level: 1 }).innerText()).includes('Ridge')
  for (let passed = 0; passed < count && !(await isRidge()); passed += 1) await step('PageDown')
  await press(window, 'c')
  await expect(named(window, 'other')).toBeVisible()
  await offsetOf(window, 'v2').fill('5')
  await window.locator(on('[data-focus="stage"]')).focus()
  await press(window, 'Home')
  await press(window, 'Shift+ArrowRight', 2)
  const codes = () => both(window, on)
  await expect.poll(codes).toEqual([48, 53])
  await press(window, 'x')
  await expect(named(window, 'own')).toHaveText('v2, frame 54')
  await expect.poll(codes).toEqual([53, 48])
  await press(window, 'x')
  await expect(named(window, 'own')).toHaveText('v3, frame 49')
  await expect.poll(codes).toEqual([48, 53])
  await press(window, 'Shift+M')
  await expect(window.getByRole('radio', { name: 'Sound of v2' })).toBeChecked()
  await step((await clipPlace(window)) === 1 ? 'PageDown' : 'PageUp')
  await expect(window.getByRole('toolbar', { name: 'Compare' })).toHaveCount(0)
  await expect(window.locator(on('video')).first()).toHaveJSProperty('muted', false)
})

test('wherever it is paused, the counter names the picture', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const random = seeded(84)
  const { window } = await launchApp(demo)
  await openRidge(window)
  for (let round = 0; round < 8; round += 1) {
    // The end is far: there the key would begin anew.
    await goTo(window, random.below(frames - 160))
    const from = await frameCounter(window)
    await press(window, 'Space')
    await expect.poll(() => frameCounter(window)).toBeGreaterThan(from + random.below(30))
    await press(window, 'Space')
    await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
    await expect
      .poll(
        async () => ((await codeOnScreen(window))?.frame ?? -1) - (await frameCounter(window)),
        `seed ${random.seed}, round ${round}`,
      )
      .toBe(0)
  }
})

test('a range goes round and round, and a clip plays backwards', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const { window } = await launchApp(demo)
  await openRidge(window)
  await goTo(window, 24)
  await press(window, 'i')
  await goTo(window, 48)
  await press(window, 'o')
  await press(window, 'Control+l')
  await press(window, 'Shift+Space')
  await expect.poll(() => frameCounter(window)).toBeGreaterThan(26)
  const seen = await watched(window, 8_000)
  expect(Math.min(...seen), `${seen}`).toBeGreaterThanOrEqual(24)
  // The frames it went back from. A page that is kept from its work for a moment hears of the last one late.
  const ends = seen.filter((frame, index) => (seen[index + 1] ?? frame) < frame)
  const rounds = ends.length
  expect(rounds).toBeGreaterThanOrEqual(2)
  expect(Math.min(...ends), `${seen}`).toBeLessThanOrEqual(48)
  expect(Math.max(...seen), `${seen}`).toBeLessThanOrEqual(54)
  await press(window, 'k')
  await press(window, 'Control+l')
  await press(window, 'Alt+x')

  await goTo(window, 200)
  await press(window, 'j')
  const back = await watched(window, 4_000)
  await press(window, 'k')
  expect(back.length, `${back}`).toBeGreaterThan(10)
  expect(back, `${back}`).toEqual(back.toSorted((a, b) => b - a))
  expect(back.at(-1)).toBeLessThan(190)
  process.stdout.write(
    `loop: ${seen.length} pictures, ${rounds} rounds; backwards: ${back.length} pictures from ${back[0]} to ${back.at(-1)}\n`,
  )
})

test('with the pause key held, the keys for either way step by a frame, and held they play slowly', async ({
  launchApp,
}) => {
  test.setTimeout(120_000)
  const { window } = await launchApp(demo)
  await openRidge(window)
  const { keyboard } = window
  /** Down and up are sent together: where a computer is busy they would else be a long press. */
  const tap = async (key: string, times = 1) => {
    for (let count = 0; count < times; count += 1) await Promise.all([keyboard.down(key), keyboard.up(key)])
  }
  // Behind a dialog it has no role.
  const play = window.locator('[data-part="transport"] button[aria-label="Play"]')
  const slow = (speed: string) => window.getByRole('button', { name: `Speed: ${speed}×`, exact: true })
  /** It stands, and the picture is that of the counter. */
  const stands = async () => {
    await expect(play).toBeVisible()
    const shown = async () => Number(await window.locator(picture(0)).getAttribute('data-presented'))
    await expect.poll(async () => (await shown()) - (await frameCounter(window))).toBe(0)
    const frame = await frameCounter(window)
    expect((await watched(window, 300)).at(-1)).toBe(frame)
    return frame
  }

  await test.step('taps', async () => {
    await goTo(window, 100)
    await keyboard.down('k')
    await tap('l')
    await expect.poll(() => frameCounter(window)).toBe(101)
    await tap('l', 2)
    await expect.poll(() => frameCounter(window)).toBe(103)
    await tap('j')
    await expect.poll(() => frameCounter(window)).toBe(102)
    await keyboard.up('k')
    expect(await stands()).toBe(102)
  })
  await test.step('held', async () => {
    await keyboard.down('k')
    await keyboard.down('l')
    await expect(slow('0.25')).toBeVisible()
    const on = await watched(window, 2_000)
    await keyboard.up('l')
    expect(on, `${on}`).toEqual(on.toSorted((a, b) => a - b))
    // Twelve frames in two seconds, at a quarter of 24.
    expect((on.at(-1) ?? 0) - (on[0] ?? 0), `${on}`).toBeGreaterThan(6)
    expect((on.at(-1) ?? 0) - (on[0] ?? 0), `${on}`).toBeLessThan(20)
    const reached = await stands()
    await keyboard.down('j')
    await expect(slow('-0.25')).toBeVisible()
    await expect.poll(() => frameCounter(window)).toBeLessThan(reached - 3)
    await keyboard.up('k')
    // What is still down repeats, and does not take over.
    await keyboard.down('j')
    await keyboard.down('j')
    await stands()
    await keyboard.up('j')
    await press(window, 'End')
    await keyboard.down('k')
    await keyboard.down('l')
    expect(await stands()).toBe(frames - 1)
    await keyboard.up('l')
    await keyboard.up('k')
  })
  await test.step('alone it plays and pauses as ever', async () => {
    await goTo(window, 50)
    await tap('k')
    await expect(slow('1')).toBeVisible()
    await expect.poll(() => frameCounter(window)).toBeGreaterThan(55)
    await keyboard.down('k')
    await expect(play).toBeVisible()
    await keyboard.up('k')
    expect((await watched(window, 600)).length).toBeLessThan(3)
    await expect(play).toBeVisible()
  })
  await test.step('a field, a dialog and another window take the keys, and nothing sticks', async () => {
    const creep = async () => {
      await goTo(window, 100)
      await keyboard.down('k')
      await keyboard.down('l')
      await expect(slow('0.25')).toBeVisible()
    }
    const letGo = async () => {
      await keyboard.up('l')
      await keyboard.up('k')
    }
    await creep()
    await press(window, 'm')
    await expect(window.locator('#review-composer')).toBeFocused()
    await stands()
    await letGo()
    await expect(window.locator('#review-composer')).toBeEmpty()
    await creep()
    await press(window, 'Shift+?')
    const sheet = window.getByRole('dialog')
    await expect(sheet.getByText('One frame back; held, slowly').locator('..')).toContainText('KJ')
    await stands()
    await letGo()
    await press(window, 'Escape')
    await expect(sheet).toHaveCount(0)
    await creep()
    await window.evaluate(() => dispatchEvent(new Event('blur')))
    await stands()
    await keyboard.up('l')
    await press(window, 'l')
    await expect.poll(() => frameCounter(window)).toBeGreaterThan(120)
    await keyboard.up('k')
    await press(window, 'k')
    await expect(play).toBeVisible()
  })
  await test.step("with keys of one's own", async () => {
    await ask(window, 'settings.set', {
      shortcuts: { 'player.toggle': 'P', 'player.faster': 'E', 'player.backward': 'W' },
    })
    await goTo(window, 100)
    await keyboard.down('p')
    await tap('l')
    await tap('e', 3)
    await tap('w')
    await expect.poll(() => frameCounter(window)).toBe(102)
    await keyboard.down('e')
    await expect(slow('0.25')).toBeVisible()
    await keyboard.up('e')
    await keyboard.up('p')
    await stands()
  })
})

test('a picture that is larger than its stage is moved by wheel and key, and never off it', async ({
  launchApp,
}) => {
  const { window } = await launchApp(demo)
  await openRidge(window)
  const stage = window.locator('[data-focus="stage"]').first()
  const place = () =>
    stage.evaluate((element) => {
      const transform = new DOMMatrix(getComputedStyle(element.firstElementChild ?? element).transform)
      return { scale: transform.a, x: Math.round(transform.e), y: Math.round(transform.f) }
    })
  await stage.hover()
  await window.mouse.wheel(200, 200)
  expect(await place()).toEqual({ scale: 1, x: 0, y: 0 })
  await press(window, 'Control+=', 3)
  await expect.poll(place).toEqual({ scale: 3, x: 0, y: 0 })
  await window.mouse.wheel(120, 80)
  await expect.poll(place).toEqual({ scale: 3, x: -120, y: -80 })
  const box = await stage.evaluate((element) => ({
    width: element.firstElementChild?.clientWidth ?? 0,
    height: element.firstElementChild?.clientHeight ?? 0,
  }))
  await press(window, 'Alt+Shift+ArrowLeft', 30)
  await press(window, 'Alt+Shift+ArrowUp', 30)
  await expect.poll(place).toEqual({ scale: 3, x: Math.round(box.width), y: Math.round(box.height) })
  await press(window, 'Control+0')
  await expect.poll(place).toEqual({ scale: 1, x: 0, y: 0 })
})
