import { ArrowRight, Lock } from 'lucide-react'
import { runAction } from '../shell/actionRunner.ts'
import { changeSettings, useApp } from '../shell/appStore.ts'
import { type ConnectProvider, useOverlays } from '../shell/overlayStore.ts'
import { useStudio } from '../shell/studio.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { Keys } from '../ui/Keys.tsx'
import { Ridge } from './Ridge.tsx'
import { stills } from './stills.ts'
import css from './Welcome.module.css'

const c = classesOf(css)

function leave() {
  useOverlays.setState({ isWelcomeOpen: false })
  void changeSettings({ hasSeenWelcome: true })
}

/** The first page: the studio in one press, or an account of one's own. Seen once. */
export function Welcome() {
  const canOpenStudio = useApp((app) => app.about?.canOpenStudio ?? false)
  const isOpening = useStudio((studio) => studio.isOpening)
  const words = text.welcome
  return (
    <div className={c('welcome')}>
      <Picture />
      <main className={c('side')}>
        <h1 className={c('title')}>{words.title}</h1>
        <p className={c('more')}>{words.more}</p>
        {canOpenStudio ? (
          <section className={c('try')}>
            <div className={c('stills')} aria-hidden="true">
              {stills.slice(1, 5).map((still) => (
                <i key={still} style={{ backgroundImage: still }} />
              ))}
            </div>
            <div className={c('tryLine')}>
              <div>
                <h2>{words.tryTitle}</h2>
                <p>{words.tryMore}</p>
              </div>
              <Button
                look="primary"
                size="large"
                autoFocus
                disabled={isOpening}
                onClick={() => runAction('app.openStudio')}
              >
                {isOpening ? words.opening : words.openStudio}
                <Keys text="Enter" />
              </Button>
            </div>
          </section>
        ) : null}
        <h2 className={c('or')}>{words.or}</h2>
        <Service provider="candidio" sign="C" />
        <Service provider="iconik" sign="i" />
        <div className={c('foot')}>
          <Lock size={14} aria-hidden="true" />
          <span>{words.secrets}</span>
          <Button look="bare" size="small" onClick={leave}>
            {words.skip}
          </Button>
        </div>
      </main>
    </div>
  )
}

function Service({ provider, sign }: { readonly provider: ConnectProvider; readonly sign: string }) {
  const words = text.welcome
  return (
    <button
      type="button"
      className={c('connector')}
      onClick={() => useOverlays.setState({ connectTo: provider })}
    >
      <span className={c('sign')} aria-hidden="true">
        {sign}
      </span>
      <span className={c('grow')}>
        <b>{words[provider]}</b>
        <span className={c('quiet')}>{words[`${provider}More`]}</span>
      </span>
      <ArrowRight size={16} aria-hidden="true" />
    </button>
  )
}

function Picture() {
  const words = text.welcome
  return (
    <section className={c('picture')} aria-label={words.picture}>
      <Ridge />
      <p className={c('line')}>
        {words.line.map((each) => (
          <span key={each}>{each}</span>
        ))}
      </p>
      <div className={c('said')}>
        <span className={c('avatar')} aria-hidden="true">
          AD
        </span>
        <div>
          <p className={c('who')}>
            {words.author} <span className={c('timecode')}>01:00:24:11</span>
          </p>
          <p>{words.comment}</p>
        </div>
      </div>
      <div className={c('strip')} aria-hidden="true">
        <div className={c('film')}>
          {stills.map((still) => (
            <i key={still} style={{ backgroundImage: still }} />
          ))}
        </div>
        <span className={c('head')}>
          <b>24:11</b>
        </span>
      </div>
    </section>
  )
}
