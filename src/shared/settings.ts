import { z } from 'zod'
import { frameNumbersSchema, usualFrameNumbers } from './frameNumbers.ts'
import { usualProxyLimit } from './ownProxy.ts'

export const settingsSchema = z.object({
  theme: z.enum(['system', 'dark', 'light']),
  density: z.enum(['comfortable', 'dense']),
  sidebarShown: z.boolean(),
  inspectorShown: z.boolean(),
  /** Share of the window's width, percent, as the user dragged it. */
  sidebarShare: z.number().min(10).max(40),
  inspectorShare: z.number().min(15).max(45),
  contentView: z.enum(['grid', 'list']),
  /** Bytes per second over all uploads; 0 is no limit. */
  uploadLimit: z.number().int().nonnegative(),
  keepAwake: z.boolean(),
  notifyWhenDone: z.boolean(),
  /** Action id to key text, for shortcuts the user changed; an empty text removes one. */
  shortcuts: z.record(z.string().max(64), z.string().max(32)),
  hasSeenWelcome: z.boolean(),
  /** Bytes that proxies made on this computer may take. */
  proxyLimit: z.number().int().min(1e9).max(10e12),
  captionsShown: z.boolean(),
  /** Of the player, to 1; silence is its own state and never kept. */
  volume: z.number().min(0.01).max(1),
  frameNumbers: frameNumbersSchema,
})
export type Settings = z.infer<typeof settingsSchema>
export const settingsChangeSchema = settingsSchema.partial()

export const defaultSettings: Settings = {
  theme: 'system',
  density: 'comfortable',
  sidebarShown: true,
  inspectorShown: true,
  sidebarShare: 17,
  inspectorShare: 22,
  contentView: 'grid',
  uploadLimit: 0,
  keepAwake: true,
  notifyWhenDone: true,
  shortcuts: {},
  hasSeenWelcome: false,
  proxyLimit: usualProxyLimit,
  captionsShown: false,
  volume: 1,
  frameNumbers: usualFrameNumbers,
}

/** Settings from a stored value of any age: every field that is missing or unreadable gets its default. */
export function readSettings(stored: unknown): Settings {
  const given = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {}
  const merged: Record<string, unknown> = { ...defaultSettings }
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    const parsed = schema.safeParse(given[name])
    if (parsed.success) merged[name] = parsed.data
  }
  return settingsSchema.parse(merged)
}
