/** Which row or card of a list was pressed, by the number it carries; undefined beside all of them. */
export function pressedItem(target: EventTarget | null): number | undefined {
  const words = target instanceof Element ? target.closest('[data-item]')?.getAttribute('data-item') : null
  return words === null || words === undefined ? undefined : Number(words)
}
