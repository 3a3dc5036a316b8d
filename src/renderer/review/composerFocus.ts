/** M anywhere in the room puts the focus here. */
export const composerId = 'review-composer'

export const focusComposer = (): void => document.getElementById(composerId)?.focus()
/** The picture on top; null where nothing is opened. */
export const stageShown = (): HTMLElement | null =>
  document.querySelector<HTMLElement>('[data-focus="stage"]:not([inert] *)')
export const focusStage = (): void => stageShown()?.focus()

/** Something to draw on is on top: a picture whose size is known. */
export const isPictureShown = (): boolean => stageShown()?.querySelector('[data-layer="drawing"]') != null
