import { create } from 'zustand'

/** Whether the chosen asset is shown large in place. */
export const usePreview = create<{ readonly isOpen: boolean }>(() => ({ isOpen: false }))
export const openPreview = (): void => usePreview.setState({ isOpen: true })
export const closePreview = (): void => usePreview.setState({ isOpen: false })
