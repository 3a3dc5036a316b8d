/**
 * Puts text on the clipboard. By the old command: the clipboard interface asks for a permission, and this window
 * is given none.
 */
export function copyText(value: string): boolean {
  const holder = document.createElement('textarea')
  holder.value = value
  holder.setAttribute('aria-hidden', 'true')
  holder.style.position = 'fixed'
  holder.style.opacity = '0'
  // Inside an open dialog the focus is held there; the holder has to be inside as well.
  const host = document.activeElement?.closest('[role="dialog"], [role="alertdialog"]') ?? document.body
  host.append(holder)
  const before = document.activeElement
  holder.select()
  const isCopied = document.execCommand('copy')
  holder.remove()
  if (before instanceof HTMLElement) before.focus()
  return isCopied
}
