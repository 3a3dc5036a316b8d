import { ulid } from 'ulid'
import type { SettingStore } from './store/settingStore.ts'

/** Names this installation in object keys, so that two stations on one bucket never touch each other's uploads. */
export function installationId(settings: SettingStore): string {
  const known = settings.read('installation')
  if (typeof known === 'string' && known !== '') return known
  const made = ulid().toLowerCase()
  settings.write('installation', made)
  return made
}
