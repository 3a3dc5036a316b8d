import { ArrowUpDown, LayoutGrid, Rows3 } from 'lucide-react'
import type { AssetSort } from '../../shared/place.ts'
import { changeSettings, useApp } from '../shell/appStore.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { FindField } from '../ui/FindField.tsx'
import { Menu, MenuChoice } from '../ui/Menu.tsx'
import { Segments } from '../ui/Segments.tsx'
import { ToneIcon } from '../ui/StateLabel.tsx'
import css from './LibraryHeader.module.css'
import { changeQuery, useLibrary } from './libraryStore.ts'
import { reviewLooks } from './reviewLook.ts'

const c = classesOf(css)
const sorts: readonly AssetSort[] = ['newest', 'oldest', 'name', 'size', 'given']

export function LibraryTools({ isOrdered }: { readonly isOrdered: boolean }) {
  const review = useLibrary((library) => library.query?.review ?? 'all')
  const sort = useLibrary((library) => library.query?.sort ?? 'newest')
  const counts = useLibrary((library) => library.facts?.counts)
  const view = useApp((app) => app.settings.contentView)
  const words = text.library
  return (
    <div className={c('tools')}>
      <Segments
        label={words.filters}
        value={review}
        onChange={(value) => changeQuery({ review: value })}
        segments={[
          { value: 'all', words: words.all, count: counts?.all },
          {
            value: 'inReview',
            words: text.review.inReview,
            count: counts?.inReview,
            icon: <ToneIcon look={reviewLooks.inReview} />,
          },
          {
            value: 'needsChanges',
            words: text.review.needsChanges,
            count: counts?.needsChanges,
            icon: <ToneIcon look={reviewLooks.needsChanges} />,
          },
          {
            value: 'approved',
            words: text.review.approved,
            count: counts?.approved,
            icon: <ToneIcon look={reviewLooks.approved} />,
          },
        ]}
      />
      <span className={c('grow')} />
      <Find />
      <Menu
        align="end"
        trigger={
          <Button look="bare" size="small" aria-label={`${words.sort}: ${words.sorts[sort]}`}>
            <ArrowUpDown size={14} aria-hidden="true" />
            {words.sorts[sort]}
          </Button>
        }
      >
        <MenuChoice
          value={sort}
          choices={sorts
            .filter((value) => value !== 'given' || isOrdered)
            .map((value) => ({ value, words: words.sorts[value] }))}
          onChoose={(value) => changeQuery({ sort: value })}
        />
      </Menu>
      <Segments
        label={words.view}
        value={view}
        onChange={(contentView) => void changeSettings({ contentView })}
        segments={[
          { value: 'grid', words: words.grid, icon: <LayoutGrid size={14} />, isIconOnly: true },
          { value: 'list', words: words.list, icon: <Rows3 size={14} />, isIconOnly: true },
        ]}
      />
    </div>
  )
}

function Find() {
  const find = useLibrary((library) => library.query?.find ?? '')
  return (
    <div className={c('find')}>
      <FindField
        id="library-find"
        label={text.library.find}
        value={find}
        leadsTo="assets"
        onChange={(value) => changeQuery({ find: value })}
      />
    </div>
  )
}
