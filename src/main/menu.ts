import type { MenuItemConstructorOptions } from 'electron'
import { Menu } from 'electron'
import type { ActionEntry, ActionId } from '../shared/actions.ts'
import { actions, keysOf } from '../shared/actions.ts'

const titles = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  go: 'Go',
  playback: 'Playback',
  help: 'Help',
} as const

/**
 * The application menu, made from the action registry. Shortcuts are shown here but handled by the page,
 * which knows whether a text field or a dialog has the focus.
 */
export function setMenu(changed: Readonly<Record<string, string>>, run: (id: ActionId) => void): void {
  const itemsOf = (menu: keyof typeof titles): MenuItemConstructorOptions[] =>
    (Object.entries(actions) as [ActionId, ActionEntry][])
      .filter(([, action]) => action.menu === menu)
      .map(([id, action]) => {
        const [key] = keysOf(id, changed)
        const accelerator = key === undefined ? undefined : acceleratorOf(key)
        return {
          label: action.words,
          ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
          click: () => run(id),
        }
      })
  const edit: MenuItemConstructorOptions[] = [
    { role: 'undo' },
    { role: 'redo' },
    { type: 'separator' },
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
  ]
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: titles.file,
      submenu: [
        ...itemsOf('file'),
        { type: 'separator' },
        { role: process.platform === 'darwin' ? 'close' : 'quit' },
      ],
    },
    { label: titles.edit, submenu: edit },
    { label: titles.view, submenu: itemsOf('view') },
    { label: titles.go, submenu: itemsOf('go') },
    { label: titles.playback, submenu: itemsOf('playback') },
    { role: 'windowMenu' },
    { label: titles.help, role: 'help', submenu: itemsOf('help') },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

const named: Readonly<Record<string, string>> = {
  Mod: 'CommandOrControl',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  Escape: 'Esc',
}

/** A key text in Electron's writing; undefined for keys Electron has no name for. */
export function acceleratorOf(key: string): string | undefined {
  const pieces = key.split('+').map((piece) => named[piece] ?? piece)
  return pieces.every((piece) => /^[\x21-\x7e]+$/.test(piece)) ? pieces.join('+') : undefined
}
