import type { Settings } from '../../shared/settings.ts'

const prefersLight =
  typeof matchMedia === 'undefined' ? undefined : matchMedia('(prefers-color-scheme: light)')

const shownTheme = (theme: Settings['theme']): 'dark' | 'light' =>
  theme === 'system' ? (prefersLight?.matches ? 'light' : 'dark') : theme

/** Puts the theme on the page and follows the system's while that is the choice. Returns the function that stops following. */
export function applyTheme(theme: Settings['theme']): () => void {
  const put = () => {
    document.documentElement.dataset['theme'] = shownTheme(theme)
  }
  put()
  if (theme !== 'system' || prefersLight === undefined) return () => undefined
  prefersLight.addEventListener('change', put)
  return () => prefersLight.removeEventListener('change', put)
}
