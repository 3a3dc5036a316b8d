import { ListFilter, SquareCheck } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type ReactNode, useEffect, useMemo } from 'react'
import { commentColourNames } from '../../../shared/commentColour.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import menu from '../../ui/Menu.module.css'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { ColourGlyph } from '../words/ColourGlyph.tsx'
import { askAboutName, useMentions } from '../words/mentionStore.ts'
import { changeView, useCommentView } from './commentView.ts'
import {
  authorsOf,
  coloursOf,
  isNarrowed,
  isRanged,
  isUnsent,
  kindsOf,
  mentionsOf,
  type Thread,
  wholeView,
} from './threads.ts'

const m = classesOf(menu)
/** Of authors, and of people who are mentioned. */
const mostPeople = 30

interface FilterProps {
  readonly threads: readonly Thread[]
}

/** What the comments are narrowed to. */
export function FilterMenu({ threads }: FilterProps) {
  const isPressed = useCommentView((state) => isNarrowed(state.view))
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={text.room.narrow} aria-pressed={isPressed}>
          <ListFilter size={16} />
        </IconButton>
      }
    >
      <FilterItems threads={threads} />
    </Menu>
  )
}

/** Exists while the menu is open: what can be filtered by is looked for then. */
function FilterItems({ threads }: FilterProps) {
  const view = useCommentView((state) => state.view)
  const words = text.room
  const kinds = useMemo(() => kindsOf(threads), [threads])
  const authors = useMemo(() => authorsOf(threads), [threads])
  const met = useMemo(() => coloursOf(threads), [threads])
  const hasRanges = useMemo(() => threads.some(isRanged), [threads])
  const hasUnsent = useMemo(() => threads.some(isUnsent), [threads])
  // What is on can be taken off, though nothing is left of it.
  const colours = commentColourNames.filter((each) => met.includes(each) || view.colours.includes(each))
  const mentioned = useMentioned(threads, view.mentions)
  return (
    <>
      <Tick isOn={view.isDrawnOnly} onTick={() => changeView({ isDrawnOnly: !view.isDrawnOnly })}>
        {words.drawnOnly}
      </Tick>
      <Tick isOn={view.isInternalOnly} onTick={() => changeView({ isInternalOnly: !view.isInternalOnly })}>
        {words.internalOnly}
      </Tick>
      {hasRanges || view.isRangedOnly ? (
        <Tick isOn={view.isRangedOnly} onTick={() => changeView({ isRangedOnly: !view.isRangedOnly })}>
          {words.rangedOnly}
        </Tick>
      ) : null}
      {hasUnsent || view.isUnsentOnly ? (
        <Tick isOn={view.isUnsentOnly} onTick={() => changeView({ isUnsentOnly: !view.isUnsentOnly })}>
          {words.unsentOnly}
        </Tick>
      ) : null}
      <Group isOffered={colours.length > 0}>
        {colours.map((colour) => (
          <Tick
            key={colour}
            isOn={view.colours.includes(colour)}
            onTick={() => changeView({ colours: toggled(view.colours, colour) })}
            end={<ColourGlyph colour={colour} size={14} />}
          >
            {text.remark.colours[colour]}
          </Tick>
        ))}
      </Group>
      <Group isOffered={kinds.length > 1}>
        {kinds.map((kind) => (
          <Tick
            key={kind}
            isOn={view.kinds.includes(kind)}
            onTick={() => changeView({ kinds: toggled(view.kinds, kind) })}
          >
            {words.kinds[kind]}
          </Tick>
        ))}
      </Group>
      <Group isOffered={authors.length > 1}>
        {authors.slice(0, mostPeople).map((author) => (
          <Tick
            key={author}
            isOn={view.authors.includes(author)}
            onTick={() => changeView({ authors: toggled(view.authors, author) })}
          >
            {author}
          </Tick>
        ))}
      </Group>
      <Group isOffered={mentioned.length > 0}>
        {mentioned.map(({ key, name }) => (
          <Tick
            key={key}
            isOn={view.mentions.includes(key)}
            onTick={() => changeView({ mentions: toggled(view.mentions, key) })}
          >
            {words.mentioned(name)}
          </Tick>
        ))}
      </Group>
      {isNarrowed(view) ? (
        <MenuItem
          words={words.showAll}
          onChoose={() => changeView({ ...wholeView, filter: view.filter, sort: view.sort })}
        />
      ) : null}
    </>
  )
}

/** Who can be filtered by; the service is asked about words that may be names, as it is by a comment on the screen. */
function useMentioned(threads: readonly Thread[], chosen: readonly string[]) {
  const names = useMentions((room) => room.names)
  const { met, unknown } = useMemo(() => {
    const unknown: string[] = []
    return { met: mentionsOf(threads, names, (word) => unknown.push(word)), unknown }
  }, [threads, names])
  useEffect(() => {
    for (const word of unknown) askAboutName(word)
  }, [unknown])
  const known = met.map((name) => ({ key: name.toLocaleLowerCase(), name }))
  const offered = known.filter(({ key }, index) => index < mostPeople || chosen.includes(key))
  const gone = chosen.filter((key) => offered.every((each) => each.key !== key))
  return [...offered, ...gone.map((key) => ({ key, name: key }))]
}

const toggled = <Value,>(values: readonly Value[], value: Value): Value[] =>
  values.includes(value) ? values.filter((each) => each !== value) : [...values, value]

interface GroupProps {
  readonly isOffered: boolean
  readonly children: ReactNode
}

function Group({ isOffered, children }: GroupProps) {
  return isOffered ? (
    <>
      <DropdownMenu.Separator className={m('between')} />
      {children}
    </>
  ) : null
}

interface TickProps {
  readonly isOn: boolean
  readonly onTick: () => void
  /** Behind the words. */
  readonly end?: ReactNode
  readonly children: ReactNode
}

/** One of several that may be on together: the menu stays open. */
function Tick({ isOn, onTick, end, children }: TickProps) {
  return (
    <DropdownMenu.CheckboxItem
      className={m('item')}
      checked={isOn}
      onSelect={(event) => event.preventDefault()}
      onCheckedChange={onTick}
    >
      <span className={m('mark')}>
        <DropdownMenu.ItemIndicator>
          <SquareCheck size={14} />
        </DropdownMenu.ItemIndicator>
      </span>
      <span className={m('words')}>{children}</span>
      {end}
    </DropdownMenu.CheckboxItem>
  )
}
