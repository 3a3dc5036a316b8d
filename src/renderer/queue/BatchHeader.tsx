import { ChevronDown, Gauge, Pause, Play } from 'lucide-react'
import { Slider } from 'radix-ui'
import { useState } from 'react'
import { runAction } from '../shell/actionRunner.ts'
import { changeSettings, useApp } from '../shell/appStore.ts'
import { bytes, exactCount, speed } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import css from './Queue.module.css'
import { SpeedGraph } from './SpeedGraph.tsx'
import { useTransfers } from './transferStore.ts'

const c = classesOf(css)

/** How far everything is, how fast, and what holds it back. */
export function BatchHeader() {
  const summary = useTransfers((transfers) => transfers.summary)
  const top = useTransfers((transfers) => Math.max(0, ...transfers.speeds))
  const words = text.transfers
  const total = summary?.bytesTotal ?? 0
  const stored = summary?.bytesStored ?? 0
  const verified = summary?.bytesVerified ?? 0
  const share = (part: number) => `${total === 0 ? 0 : (part / total) * 100}%`
  const canPause = summary !== null && summary.moving + summary.queued + summary.waiting > 0
  return (
    <header className={c('head')}>
      <div>
        <h2 className={c('title')}>{words.title}</h2>
        {summary === null ? null : (
          <div className={c('numbers')}>
            <span className={c('big')}>
              <b>{exactCount(summary.done)}</b> {words.of(summary.total)}
            </span>
            <span>
              <b>{bytes(Math.max(0, total - stored))}</b> {words.toGo}
            </span>
            {verified > 0 ? (
              <span>
                <b>{bytes(verified)}</b> {words.verified}
              </span>
            ) : null}
            {summary.secondsLeft !== null && summary.moving > 0 ? (
              <span>
                <b>{words.timeLeft(summary.secondsLeft)}</b>{' '}
                {words.doneAt(Date.now() + summary.secondsLeft * 1000)}
              </span>
            ) : null}
            {summary.bytesPerSecond > 0 ? (
              <span>
                <b>{speed(summary.bytesPerSecond)}</b>
              </span>
            ) : null}
          </div>
        )}
        <div className={c('bars')} aria-hidden="true">
          <i className={c('verified')} style={{ width: share(verified) }} />
          <i className={c('stored')} style={{ width: share(Math.max(0, stored - verified)) }} />
        </div>
      </div>
      <div className={c('graph')}>
        <SpeedGraph width={260} height={64} />
        {top > 1 ? <span>{speed(top)}</span> : null}
      </div>
      <div className={c('limit')}>
        <SpeedLimit />
        <div className={c('buttons')}>
          {canPause ? (
            <Button size="small" onClick={() => runAction('transfers.pauseAll')}>
              <Pause size={13} aria-hidden="true" />
              {words.pauseAll}
            </Button>
          ) : (
            <Button
              size="small"
              disabled={(summary?.paused ?? 0) === 0}
              onClick={() => runAction('transfers.resumeAll')}
            >
              <Play size={13} aria-hidden="true" />
              {words.resumeAll}
            </Button>
          )}
          <IconButton label={words.hide} onClick={() => runAction('view.queue')}>
            <ChevronDown size={16} />
          </IconButton>
        </div>
      </div>
    </header>
  )
}

const million = 1_000_000
/** Steps of the limit in bytes a second; the last is none. */
const steps = [1, 2, 5, 10, 20, 40, 60, 80, 100, 150, 200, 300, 500, 1000].map((each) => each * million)

const stepOf = (limit: number) => {
  if (limit === 0) return steps.length
  const found = steps.findIndex((step) => step >= limit)
  return found < 0 ? steps.length - 1 : found
}

function SpeedLimit() {
  const limit = useApp((app) => app.settings.uploadLimit)
  const [dragged, setDragged] = useState<number | null>(null)
  const step = dragged ?? stepOf(limit)
  const shown = dragged === null ? limit : (steps[dragged] ?? 0)
  const words = text.transfers
  const value = shown === 0 ? words.noLimit : speed(shown)
  return (
    <>
      <p>
        <Gauge size={14} aria-hidden="true" />
        {words.limit}
        <b className={c('limitValue')}>{value}</b>
      </p>
      <Slider.Root
        className={c('slider')}
        min={0}
        max={steps.length}
        value={[step]}
        onValueChange={([to]) => setDragged(to ?? null)}
        onValueCommit={([to]) => {
          setDragged(null)
          void changeSettings({ uploadLimit: to === undefined ? 0 : (steps[to] ?? 0) })
        }}
      >
        <Slider.Track className={c('track')}>
          <Slider.Range className={c('range')} />
        </Slider.Track>
        <Slider.Thumb className={c('thumb')} aria-label={words.limit} aria-valuetext={value} />
      </Slider.Root>
    </>
  )
}
