/** M anywhere in the room puts the focus here. */
export const composerId = 'review-composer'

export const focusComposer = (): void => document.getElementById(composerId)?.focus()
export const focusStage = (): void =>
  document.querySelector<HTMLElement>('[data-focus="stage"]:not([inert] *)')?.focus()
