import type { ReactNode } from 'react'
import { type ActionId, actions, keysOf } from '../../shared/actions.ts'
import { Choice } from '../ui/ContextMenu.tsx'
import { applies, runAction } from './actionRunner.ts'
import { useApp } from './appStore.ts'

interface ActionItemProps {
  readonly id: ActionId
  readonly icon: ReactNode
  readonly words?: string | undefined
  readonly isDanger?: boolean
}

/** One action of the registry in a context menu, there only while it applies. */
export function ActionItem({ id, icon, words, isDanger }: ActionItemProps) {
  const keys = useApp((app) => keysOf(id, app.settings.shortcuts)[0])
  if (!applies(id)) return null
  return (
    <Choice
      icon={icon}
      words={words ?? actions[id].words}
      keys={keys}
      isDanger={isDanger}
      run={() => runAction(id)}
    />
  )
}
