import { ChevronDown, ChevronUp, Pause, Play } from 'lucide-react'
import type { ReactNode } from 'react'
import { keysOf } from '../../shared/actions.ts'
import type { TransferSummary } from '../../shared/transfer.ts'
import { runAction } from '../shell/actionRunner.ts'
import { useApp } from '../shell/appStore.ts'
import { useTransfersClosed } from '../shell/noticeStore.ts'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { StateLabel } from '../ui/StateLabel.tsx'
import { StatusIcon } from '../ui/StatusIcon.tsx'
import { SpeedLine } from './SpeedGraph.tsx'
import css from './TransferTray.module.css'
import { useTransfers } from './transferStore.ts'
import { waitingByItself } from './transferWords.ts'

const c = classesOf(css)

/** The line at the bottom of the window: always there, never in the way. */
export function TransferTray() {
  const summary = useTransfers((transfers) => transfers.summary)
  const isOpen = useTransfers((transfers) => transfers.isOpen)
  const closed = useTransfersClosed()
  const queueKeys = useApp((app) => keysOf('view.queue', app.settings.shortcuts)[0])
  const words = text.transfers
  const left = summary === null ? 0 : summary.total - summary.done
  const canPause = summary !== null && summary.moving + summary.queued + summary.waiting > 0
  const canResume = summary !== null && !canPause && summary.paused > 0
  return (
    <footer className={c('tray')}>
      {summary !== null && left > 0 && summary.bytesTotal > 0 ? (
        <>
          <i
            className={c('edge')}
            style={{ transform: `scaleX(${summary.bytesStored / summary.bytesTotal})` }}
            aria-hidden="true"
          />
          <i
            className={c('edge', 'verified')}
            style={{ transform: `scaleX(${summary.bytesVerified / summary.bytesTotal})` }}
            aria-hidden="true"
          />
        </>
      ) : null}
      <button
        type="button"
        className={c('line')}
        aria-expanded={isOpen}
        onClick={() => runAction('view.queue')}
      >
        {closed !== null ? (
          <StateLabel look={{ tone: 'stop', shape: 'failed' }} words={errorWords(closed).short} />
        ) : summary === null || summary.total === 0 ? (
          words.none
        ) : (
          <Line summary={summary} left={left} />
        )}
      </button>
      <span className={c('spark')}>
        <SpeedLine width={96} height={16} />
      </span>
      {canPause ? (
        <IconButton label={words.pauseAll} onClick={() => runAction('transfers.pauseAll')}>
          <Pause size={16} />
        </IconButton>
      ) : null}
      {canResume ? (
        <IconButton label={words.resumeAll} onClick={() => runAction('transfers.resumeAll')}>
          <Play size={16} />
        </IconButton>
      ) : null}
      <IconButton
        label={isOpen ? words.hide : words.open}
        keys={queueKeys}
        onClick={() => runAction('view.queue')}
      >
        {isOpen ? <ChevronDown size={16} /> : <ChevronUp size={16} />}
      </IconButton>
    </footer>
  )
}

function Line({ summary, left }: { readonly summary: TransferSummary; readonly left: number }) {
  const words = text.transfers
  const waiting = waitingByItself(summary)
  if (left === 0)
    return <StateLabel look={{ tone: 'done', shape: 'done' }} words={words.allDone(summary.total)} />
  const share = summary.bytesTotal === 0 ? 0 : summary.bytesStored / summary.bytesTotal
  const pieces: ReactNode[] = [
    <span key="files" className={c('strong')}>
      {words.files(summary.done, summary.total)}
    </span>,
    words.left(Math.max(0, summary.bytesTotal - summary.bytesStored)),
  ]
  if (summary.secondsLeft !== null && summary.moving > 0) pieces.push(words.timeLeft(summary.secondsLeft))
  if (summary.bytesPerSecond > 0) pieces.push(words.speed(summary.bytesPerSecond))
  if (waiting > 0)
    pieces.push(
      <StateLabel
        look={{ tone: 'wait', shape: 'waiting' }}
        words={words.waitingFor(
          waiting,
          summary.waitReason === null ? words.waiting : words.waitsShort[summary.waitReason],
        )}
      />,
    )
  if (summary.paused > 0 && summary.moving === 0)
    pieces.push(<StateLabel look={{ tone: 'idle', shape: 'paused' }} words={words.paused(summary.paused)} />)
  if (summary.needsYou > 0)
    pieces.push(
      <StateLabel look={{ tone: 'stop', shape: 'failed' }} words={words.needYou(summary.needsYou)} />,
    )
  return (
    <>
      <span className={c('ring', summary.moving > 0 && 'spin')}>
        <StatusIcon shape="moving" share={Math.max(0.08, share)} size={16} />
      </span>
      {pieces.flatMap((piece, index) => [
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces have no names and keep their order
        index > 0 ? <i key={`between ${index}`} className={c('between')} /> : null,
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces have no names and keep their order
        <span key={`piece ${index}`} className={c('piece')}>
          {piece}
        </span>,
      ])}
    </>
  )
}
