import { Dialog } from 'radix-ui'
import { useEffect, useRef, useState } from 'react'
import { useTransfers } from '../queue/transferStore.ts'
import { pathOf, usePlaces } from '../sidebar/placeStore.ts'
import { errorWords } from '../text/errors.ts'
import { bytes, duration } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Keys } from '../ui/Keys.tsx'
import { Notice } from '../ui/Notice.tsx'
import { DropFound } from './DropFound.tsx'
import { DropMetadata, type Filled, isComplete, nothingFilled, useWantedMetadata } from './DropMetadata.tsx'
import css from './DropSheet.module.css'
import { changePlace, discard, lookAgain, send, useDrop } from './dropStore.ts'
import { PlaceList } from './PlacePicker.tsx'

const c = classesOf(css)

/** What was dropped, filling while it is looked through; nothing is sent before Send. */
export function DropSheet() {
  const { scan, placeId, versionOf, state, failure } = useDrop()
  const place = usePlaces((places) => (placeId === null ? undefined : places.byId[placeId]))
  const [isChanging, setChanging] = useState(false)
  const sendButton = useRef<HTMLButtonElement>(null)
  const wanted = useWantedMetadata(placeId)
  const [filled, setFilled] = useState<Filled>(nothingFilled)
  const [isTried, setTried] = useState(false)
  const [isWaiting, setWaiting] = useState(false)
  const view = wanted?.[0]
  const isWhole = wanted !== null && isComplete(view, filled)
  const sendAll = () => {
    setTried(true)
    // What is missing is seen there.
    setChanging(false)
    if (isWhole) void send(filled.metadata)
    // Pressed before the service has said what it needs: it goes on from there.
    else setWaiting(wanted === null)
  }
  useEffect(() => {
    if (!isWaiting || wanted === null) return
    setWaiting(false)
    if (isWhole) void send(filled.metadata)
  }, [isWaiting, wanted, isWhole, filled])
  const isReady = scan !== null && scan.state !== 'scanning'
  const isCutOff = scan?.state === 'stopped'
  const canLookAgain = isCutOff || state === 'refused'
  const isNothing = isReady && scan.files === 0 && !isCutOff
  // The button cannot hold the focus before it can be pressed.
  useEffect(() => {
    if ((isReady || canLookAgain) && !isWaiting) sendButton.current?.focus()
  }, [isReady, canLookAgain, isWaiting])
  const words = text.drop
  const failed = failure && errorWords(failure)
  const sendWords = () => {
    if (canLookAgain) return words.lookAgain
    if (isWaiting) return words.asking
    return isReady ? words.send(scan.files) : words.sendSoFar
  }
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : void discard())}>
      <Dialog.Portal>
        <Dialog.Overlay className={c('scrim')} data-modal="" />
        <Dialog.Content
          className={c('sheet')}
          aria-describedby={undefined}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <header className={c('head')}>
            <div className={c('titles')}>
              <Dialog.Title className={c('title')}>
                {versionOf === null
                  ? words.sheetTitle(place?.name ?? '')
                  : words.versionTitle(versionOf.name)}
              </Dialog.Title>
              <PathLine />
            </div>
            {versionOf === null ? (
              <Button
                size="small"
                aria-pressed={isChanging}
                onClick={() => {
                  setChanging(!isChanging)
                  setWaiting(false)
                }}
              >
                {words.change}
              </Button>
            ) : null}
          </header>
          {isChanging ? (
            <div className={c('scroll')}>
              <PlaceList
                chosen={placeId}
                onChoose={(id) => {
                  if (id !== placeId) {
                    setFilled(nothingFilled)
                    setTried(false)
                  }
                  void changePlace(id)
                  setChanging(false)
                }}
              />
            </div>
          ) : (
            <>
              {state === 'refused' ? null : <Totals />}
              <Cut />
              {isNothing && scan.problemCount === 0 ? (
                <EmptyState small title={words.nothing} more={words.nothingMore} />
              ) : (
                <div className={c('scroll')}>
                  {scan === null ? null : <DropFound scan={scan} />}
                  {view === undefined ? null : (
                    <DropMetadata
                      key={view.key}
                      view={view}
                      filled={filled}
                      isTried={isTried}
                      onChange={setFilled}
                    />
                  )}
                </div>
              )}
            </>
          )}
          {failed === null ? null : (
            <div className={c('failed')}>
              <Notice tone="stop" what={failed.what} more={failed.more} />
            </div>
          )}
          <footer className={c('foot')}>
            {isNothing ? (
              <Button look="primary" size="large" ref={sendButton} onClick={() => void discard()}>
                {words.done}
              </Button>
            ) : (
              <>
                <Button look="bare" size="large" onClick={() => void discard()}>
                  {text.app.cancel}
                  <Keys text="Escape" />
                </Button>
                <Button
                  look="primary"
                  size="large"
                  ref={sendButton}
                  disabled={!(isReady || canLookAgain) || isWaiting || state === 'sending'}
                  onClick={canLookAgain ? () => void lookAgain() : sendAll}
                >
                  {sendWords()}
                  <Keys text="Enter" />
                </Button>
              </>
            )}
          </footer>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** Why not all of the drop was seen. */
function Cut() {
  const scan = useDrop((drop) => drop.scan)
  if (scan === null || scan.cut === null) return null
  const words = scan.cut === 'tooMany' ? text.drop.cut.tooMany(scan.files) : text.drop.cut[scan.cut]
  return (
    <div className={c('failed')}>
      <Notice tone={scan.state === 'stopped' ? 'stop' : 'wait'} what={words.what} more={words.more} />
    </div>
  )
}

function PathLine() {
  const placeId = useDrop((drop) => drop.placeId)
  const byId = usePlaces((places) => places.byId)
  return (
    <p className={c('path')}>
      {pathOf(byId, placeId).map((place, index) => (
        <span key={place.id}>
          {index > 0 ? '› ' : ''}
          {place.name}
        </span>
      ))}
    </p>
  )
}

function Totals() {
  const scan = useDrop((drop) => drop.scan)
  const speed = useTransfers((transfers) => transfers.summary?.bytesPerSecond ?? 0)
  const waiting = useTransfers(({ summary }) =>
    summary === null ? 0 : Math.max(0, summary.bytesTotal - summary.bytesStored),
  )
  const words = text.drop
  const isLooking = scan === null || scan.state === 'scanning'
  // What is in the queue already goes first.
  const seconds = scan !== null && speed > 0 ? (scan.bytes + waiting) / speed : null
  return (
    <>
      <div className={c('totals')} aria-live="polite">
        <div>
          <span className={c('big')}>
            {scan === null ? <i className={c('blank')} /> : words.files(scan.files)}
          </span>
          <span className={c('small')}>{isLooking ? words.looking : words.willBeSent}</span>
        </div>
        <div>
          <span className={c('big')}>{scan === null ? <i className={c('blank')} /> : bytes(scan.bytes)}</span>
          <span className={c('small')}>{isLooking ? words.looking : words.inAll}</span>
        </div>
        <div>
          <span className={c('big')}>{seconds === null ? text.library.unknown : duration(seconds)}</span>
          <span className={c('small')}>
            {seconds === null ? words.unknownTime : words.atSpeed(speed, Date.now() + seconds * 1000)}
          </span>
        </div>
      </div>
      <Mix />
    </>
  )
}

/** New and to be looked at, as shares of what was found. */
function Mix() {
  const scan = useDrop((drop) => drop.scan)
  if (scan === null) return null
  const { files, problemCount, leftOut } = scan
  const words = text.drop
  return (
    <>
      <div className={c('mix')} aria-hidden="true">
        <i className={c('new')} style={{ flex: files }} />
        {problemCount > 0 ? <i className={c('look')} style={{ flex: problemCount }} /> : null}
      </div>
      <p className={c('legend')}>
        <span>
          <i className={c('new')} />
          {words.files(files)}
        </span>
        {problemCount > 0 ? (
          <span>
            <i className={c('look')} />
            {words.needLooks(problemCount)}
          </span>
        ) : null}
        {leftOut > 0 ? <span>{words.leftOut(leftOut)}</span> : null}
      </p>
    </>
  )
}
