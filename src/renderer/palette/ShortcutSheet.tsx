import { type ActionGroup, type ActionId, actions, keysOf } from '../../shared/actions.ts'
import { useApp } from '../shell/appStore.ts'
import { useOverlays } from '../shell/overlayStore.ts'
import { go } from '../shell/routeStore.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Keys } from '../ui/Keys.tsx'
import css from './Palette.module.css'

const c = classesOf(css)
/** The library's own keys stand after the first of these. */
const groups: readonly ActionGroup[] = ['General', 'Go', 'View', 'Media']
const otherGroups: readonly ActionGroup[] = ['Playback', 'Review', 'Playlists', 'Transfers']
const ids = Object.keys(actions) as ActionId[]

/** Every shortcut on one sheet, as they are now. */
export function ShortcutSheet() {
  const close = () => useOverlays.setState({ isShortcutsOpen: false })
  const words = text.shortcuts
  return (
    <Dialog
      title={words.title}
      more={words.more}
      width={760}
      isText
      onClose={close}
      foot={
        <Button
          onClick={() => {
            close()
            go({ screen: 'settings', section: 'shortcuts' })
          }}
        >
          {words.change}
        </Button>
      }
    >
      <div className={c('sheet')}>
        {groups.map((group) => (
          <Group key={group} group={group} />
        ))}
        <section className={c('group')}>
          <h3>{words.library}</h3>
          {words.own.map(([keys = '', what = '']) => (
            <Line key={what} words={what} keys={[keys]} />
          ))}
        </section>
        {otherGroups.map((group) => (
          <Group key={group} group={group} />
        ))}
      </div>
    </Dialog>
  )
}

function Group({ group }: { readonly group: ActionGroup }) {
  const shortcuts = useApp((app) => app.settings.shortcuts)
  return (
    <section className={c('group')}>
      <h3>{group}</h3>
      {ids
        .filter((id) => actions[id].group === group && keysOf(id, shortcuts).length > 0)
        .map((id) => (
          <Line key={id} words={actions[id].words} keys={keysOf(id, shortcuts)} />
        ))}
      {group === 'Playback' ? (
        <>
          <Held id="player.faster" />
          <Held id="player.backward" />
        </>
      ) : null}
    </section>
  )
}

/** What a key does while the pause key is held. */
function Held({ id }: { readonly id: 'player.faster' | 'player.backward' }) {
  const shortcuts = useApp((app) => app.settings.shortcuts)
  const pause = keysOf('player.toggle', shortcuts).at(-1)
  const way = keysOf(id, shortcuts)[0]
  if (pause === undefined || way === undefined) return null
  return (
    <div className={c('shortcut')}>
      <span>{text.shortcuts.held[id]}</span>
      <span className={c('together')}>
        <Keys text={pause} />
        <Keys text={way} />
      </span>
    </div>
  )
}

function Line({ words, keys }: { readonly words: string; readonly keys: readonly string[] }) {
  return (
    <div className={c('shortcut')}>
      <span>{words}</span>
      <span>
        {keys.map((each) => (
          <Keys key={each} text={each} />
        ))}
      </span>
    </div>
  )
}
