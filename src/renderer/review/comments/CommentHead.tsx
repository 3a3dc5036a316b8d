import { Download, Ellipsis, Layers2, ListFilter, ListOrdered, SquareCheck } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import type { ClipTiming } from '../../../shared/clipTiming.ts'
import type { VersionId } from '../../../shared/ids.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { FindField } from '../../ui/FindField.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import menu from '../../ui/Menu.module.css'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { ExportDialog } from '../words/ExportDialog.tsx'
import css from './CommentHead.module.css'
import { changeView, startChoosing, useCommentView } from './commentView.ts'
import { authorsOf, isNarrowed, kindsOf, type Thread, wholeView } from './threads.ts'

const c = classesOf(css)
const m = classesOf(menu)

interface CommentHeadProps {
  readonly versionId: VersionId
  readonly threads: readonly Thread[]
  /** Nobody knows how many there are before. */
  readonly isRead: boolean
  readonly timing: ClipTiming | null
  /** A guest's session. */
  readonly isShare: boolean
  /** There are versions before this one. */
  readonly hasEarlier: boolean
}

/** How many there are, and what of them is shown. */
export function CommentHead({ versionId, threads, isRead, timing, isShare, hasEarlier }: CommentHeadProps) {
  const [isSaving, setSaving] = useState(false)
  const view = useCommentView((state) => state.view)
  const resolved = threads.filter((thread) => thread.comment.isResolved).length
  const words = text.room
  return (
    <>
      <div className={c('top')}>
        <h2 className={c('head')}>
          {words.comments} {isRead ? <span>{threads.length}</span> : null}
        </h2>
        <FilterMenu threads={threads} />
        <Menu
          align="end"
          trigger={
            <IconButton label={text.app.more}>
              <Ellipsis size={16} />
            </IconButton>
          }
        >
          <MenuItem icon={<SquareCheck size={15} />} words={words.choose} onChoose={startChoosing} />
          <MenuItem
            icon={<ListOrdered size={15} />}
            words={view.sort === 'film' ? words.sortNewest : words.sortFilm}
            onChoose={() => changeView({ sort: view.sort === 'film' ? 'newest' : 'film' })}
          />
          {hasEarlier ? (
            <MenuItem
              icon={view.isEarlierShown ? <SquareCheck size={15} /> : <Layers2 size={15} />}
              words={words.earlier}
              onChoose={() => changeView({ isEarlierShown: !view.isEarlierShown })}
            />
          ) : null}
          {threads.length > 0 ? (
            <MenuItem
              icon={<Download size={15} />}
              words={text.remark.save}
              onChoose={() => setSaving(true)}
            />
          ) : null}
        </Menu>
      </div>
      {isSaving ? (
        <ExportDialog
          versionId={versionId}
          timing={timing}
          isShare={isShare}
          onClose={() => setSaving(false)}
        />
      ) : null}
      <div className={c('filter')}>
        <Segments
          label={words.filterLabel}
          value={view.filter}
          onChange={(filter) => changeView({ filter })}
          fill
          segments={[
            { value: 'open', words: words.filterOpen, count: isRead ? threads.length - resolved : undefined },
            { value: 'resolved', words: words.filterResolved, count: isRead ? resolved : undefined },
            { value: 'all', words: words.filterAll, count: isRead ? threads.length : undefined },
          ]}
        />
      </div>
      {threads.length > 0 ? <Find /> : null}
    </>
  )
}

function Find() {
  const find = useCommentView((state) => state.view.find)
  return (
    <div className={c('find')}>
      <FindField
        label={text.room.find}
        value={find}
        leadsTo="comments"
        onChange={(value) => changeView({ find: value })}
      />
    </div>
  )
}

function FilterMenu({ threads }: { readonly threads: readonly Thread[] }) {
  const view = useCommentView((state) => state.view)
  const kinds = kindsOf(threads)
  const authors = authorsOf(threads)
  const words = text.room
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={words.narrow} aria-pressed={isNarrowed(view)}>
          <ListFilter size={16} />
        </IconButton>
      }
    >
      <Tick isOn={view.isDrawnOnly} onTick={() => changeView({ isDrawnOnly: !view.isDrawnOnly })}>
        {words.drawnOnly}
      </Tick>
      <Tick isOn={view.isInternalOnly} onTick={() => changeView({ isInternalOnly: !view.isInternalOnly })}>
        {words.internalOnly}
      </Tick>
      {kinds.length > 1 ? <DropdownMenu.Separator className={m('between')} /> : null}
      {kinds.length > 1
        ? kinds.map((kind) => (
            <Tick
              key={kind}
              isOn={view.kinds.includes(kind)}
              onTick={() => changeView({ kinds: toggled(view.kinds, kind) })}
            >
              {words.kinds[kind]}
            </Tick>
          ))
        : null}
      {authors.length > 1 ? <DropdownMenu.Separator className={m('between')} /> : null}
      {authors.length > 1
        ? authors.slice(0, 30).map((author) => (
            <Tick
              key={author}
              isOn={view.authors.includes(author)}
              onTick={() => changeView({ authors: toggled(view.authors, author) })}
            >
              {author}
            </Tick>
          ))
        : null}
      {isNarrowed(view) ? (
        <MenuItem
          words={words.showAll}
          onChoose={() => changeView({ ...wholeView, filter: view.filter, sort: view.sort })}
        />
      ) : null}
    </Menu>
  )
}

const toggled = <Value,>(values: readonly Value[], value: Value): Value[] =>
  values.includes(value) ? values.filter((each) => each !== value) : [...values, value]

interface TickProps {
  readonly isOn: boolean
  readonly onTick: () => void
  readonly children: ReactNode
}

/** One of several that may be on together: the menu stays open. */
function Tick({ isOn, onTick, children }: TickProps) {
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
    </DropdownMenu.CheckboxItem>
  )
}
