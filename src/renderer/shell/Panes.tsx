import type { ReactNode } from 'react'
import { Group, type Layout, Panel, Separator } from 'react-resizable-panels'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { changeSettings, useApp } from './appStore.ts'
import css from './Shell.module.css'

const c = classesOf(css)

interface PanesProps {
  readonly sidebar: ReactNode
  readonly content: ReactNode
  readonly inspector: ReactNode
}

const within = (value: number, lowest: number, highest: number) =>
  Math.min(highest, Math.max(lowest, Math.round(value * 10) / 10))

function keepShares(layout: Layout) {
  const { sidebar, inspector } = layout
  void changeSettings({
    ...(sidebar === undefined ? {} : { sidebarShare: within(sidebar, 10, 40) }),
    ...(inspector === undefined ? {} : { inspectorShare: within(inspector, 15, 45) }),
  })
}

/** Up to three panes side by side, resizable by pointer and keyboard; null takes a pane away. */
export function Panes({ sidebar, content, inspector }: PanesProps) {
  const sidebarShare = useApp((app) => app.settings.sidebarShare)
  const inspectorShare = useApp((app) => app.settings.inspectorShare)
  return (
    <Group
      className={c('body')}
      onLayoutChanged={(layout, { isUserInteraction }) => {
        if (isUserInteraction) keepShares(layout)
      }}
    >
      {sidebar === null ? null : (
        <>
          <Panel
            id="sidebar"
            defaultSize={`${sidebarShare}`}
            minSize={200}
            maxSize={420}
            className={c('pane')}
          >
            {sidebar}
          </Panel>
          <Separator className={c('edge')} title={`${text.shell.resize}: ${text.shell.sidebar}`} />
        </>
      )}
      <Panel id="content" minSize={380} className={c('content')}>
        {content}
      </Panel>
      {inspector === null ? null : (
        <>
          <Separator className={c('edge')} title={`${text.shell.resize}: ${text.shell.inspector}`} />
          <Panel
            id="inspector"
            defaultSize={`${inspectorShare}`}
            minSize={264}
            maxSize={520}
            className={c('pane')}
          >
            {inspector}
          </Panel>
        </>
      )}
    </Group>
  )
}
