import { useState } from 'react'
import { type ActionGroup, type ActionId, actions, keysOf } from '../../shared/actions.ts'
import { changeSettings, useApp } from '../shell/appStore.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { Keys } from '../ui/Keys.tsx'
import { pressText } from '../ui/keyText.ts'
import { isMac } from '../ui/platform.ts'
import { Group, Section } from './SettingRow.tsx'
import css from './Settings.module.css'
import { conflictOf, withoutChange, withShortcut } from './shortcutChoice.ts'

const c = classesOf(css)
const ids = Object.keys(actions) as ActionId[]
const groups = [...new Set<ActionGroup>(ids.map((id) => actions[id].group))]

const keep = (shortcuts: Record<string, string>) => void changeSettings({ shortcuts })

export function ShortcutsSection() {
  const shortcuts = useApp((app) => app.settings.shortcuts)
  const [listening, setListening] = useState<ActionId | null>(null)
  const words = text.settings
  return (
    <Section
      title={words.sections.shortcuts}
      more={words.shortcutsMore}
      end={
        <Button disabled={Object.keys(shortcuts).length === 0} onClick={() => keep({})}>
          {words.resetAll}
        </Button>
      }
    >
      {groups.map((group) => (
        <Group key={group} title={group}>
          {ids
            .filter((id) => actions[id].group === group)
            .map((id) => (
              <ShortcutRow
                key={id}
                id={id}
                shortcuts={shortcuts}
                isListening={listening === id}
                onListen={(on) => setListening(on ? id : null)}
              />
            ))}
        </Group>
      ))}
    </Section>
  )
}

interface ShortcutRowProps {
  readonly id: ActionId
  readonly shortcuts: Readonly<Record<string, string>>
  readonly isListening: boolean
  readonly onListen: (on: boolean) => void
}

function ShortcutRow({ id, shortcuts, isListening, onListen }: ShortcutRowProps) {
  const [taken, setTaken] = useState<{ readonly keys: string; readonly by: ActionId } | null>(null)
  const words = text.settings
  const own = keysOf(id, shortcuts)
  const choose = (keys: string) => {
    const by = keys === '' ? undefined : conflictOf(id, keys, shortcuts)
    if (by !== undefined) {
      setTaken({ keys, by })
      return
    }
    keep(withShortcut(id, keys, shortcuts))
    onListen(false)
  }
  return (
    <div className={c('row', 'shortcut')}>
      <span className={c('words')}>{actions[id].words}</span>
      {isListening ? (
        <KeyCatcher
          words={actions[id].words}
          onKeys={choose}
          onLeave={() => {
            if (taken === null) onListen(false)
          }}
          onEscape={() => {
            setTaken(null)
            onListen(false)
          }}
        />
      ) : (
        <span className={c('keys')}>
          {own.length === 0 ? <span className={c('more')}>{words.noKeys}</span> : null}
          {own.map((keys) => (
            <Keys key={keys} text={keys} />
          ))}
        </span>
      )}
      {shortcuts[id] === undefined ? null : (
        <Button size="small" look="bare" onClick={() => keep(withoutChange(id, shortcuts))}>
          {words.reset}
        </Button>
      )}
      <Button
        size="small"
        aria-label={`${words.change}: ${actions[id].words}`}
        onClick={() => {
          setTaken(null)
          onListen(!isListening)
        }}
      >
        {words.change}
      </Button>
      {isListening && taken !== null ? (
        <p className={c('conflict')} role="alert">
          <Keys text={taken.keys} />
          {words.conflict(actions[taken.by].words)}
          <Button
            size="small"
            onClick={() => {
              keep(withShortcut(id, taken.keys, shortcuts))
              setTaken(null)
              onListen(false)
            }}
          >
            {words.takeOver}
          </Button>
        </p>
      ) : null}
    </div>
  )
}

interface KeyCatcherProps {
  readonly words: string
  readonly onKeys: (keys: string) => void
  readonly onLeave: () => void
  readonly onEscape: () => void
}

/** Takes the next press, whatever it is; nothing else in the window hears it. */
function KeyCatcher({ words, onKeys, onLeave, onEscape }: KeyCatcherProps) {
  return (
    <button
      type="button"
      ref={(element) => element?.focus()}
      className={c('press')}
      aria-label={`${text.settings.press} ${words}`}
      onBlur={onLeave}
      onKeyDown={(event) => {
        if (event.key === 'Tab') return
        event.preventDefault()
        event.stopPropagation()
        const keys = pressText(event.nativeEvent, isMac)
        if (keys === undefined) return
        if (keys === 'Escape') onEscape()
        else onKeys(keys === 'Backspace' ? '' : keys)
      }}
    >
      {text.settings.press}
    </button>
  )
}
