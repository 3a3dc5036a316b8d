import type { calls } from '../../shared/contract.ts'
import type { Handlers } from '../../shared/rpc.ts'
import type { Settings } from '../../shared/settings.ts'
import { defaultSettings, readSettings } from '../../shared/settings.ts'
import type { KeyStore } from '../secrets.ts'
import type { SettingStore } from '../store/settingStore.ts'

type Names = 'app.about' | 'settings.get' | 'settings.set'

export interface AppCallParts {
  readonly version: string
  readonly keyStore: () => KeyStore
  readonly settings: SettingStore
  readonly settingsChanged: (settings: Settings) => void
  /** A page is there and hears events, with nothing of what an earlier one was told. */
  readonly pageListens: () => void
}

/** The user's settings as stored, or the defaults. */
export function storedSettings(store: SettingStore): Settings {
  return readSettings(store.read('user') ?? defaultSettings)
}

export function appCalls({
  version,
  keyStore,
  settings,
  settingsChanged,
  pageListens,
}: AppCallParts): Pick<Handlers<typeof calls>, Names> {
  return {
    async 'app.about'() {
      // The first thing a page asks, once its listeners stand: events that went out before it were heard by nobody.
      pageListens()
      return {
        version,
        platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
        keyStore: keyStore(),
        canOpenStudio: true,
        electron: process.versions['electron'] ?? '',
        chromium: process.versions['chrome'] ?? '',
      }
    },
    'settings.get': async () => storedSettings(settings),
    'settings.set': async (change) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      const next = readSettings({ ...storedSettings(settings), ...given })
      settings.write('user', next)
      settingsChanged(next)
      return next
    },
  }
}
