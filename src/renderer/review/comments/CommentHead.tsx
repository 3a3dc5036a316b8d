import { Download, Ellipsis, Layers2, ListOrdered, SquareCheck } from 'lucide-react'
import { useState } from 'react'
import type { ClipTiming } from '../../../shared/clipTiming.ts'
import type { VersionId } from '../../../shared/ids.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { FindField } from '../../ui/FindField.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { ExportDialog } from '../words/ExportDialog.tsx'
import css from './CommentHead.module.css'
import { changeView, startChoosing, useCommentView } from './commentView.ts'
import { FilterMenu } from './FilterMenu.tsx'
import type { Thread } from './threads.ts'

const c = classesOf(css)

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
