import { useCallback, useEffect, useState } from 'react'
import { toFailure } from '../../shared/errors.ts'
import { type FfmpegState, proxyLimits } from '../../shared/ownProxy.ts'
import { ask } from '../bridge.ts'
import { changeSettings, useApp } from '../shell/appStore.ts'
import { say, sayWords } from '../shell/sayStore.ts'
import { bytes } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { Segments } from '../ui/Segments.tsx'
import { Group, SettingRow } from './SettingRow.tsx'

/** The ffmpeg of this computer, and how much room its proxies get. */
export function ProxyGroup() {
  const words = text.ffmpeg
  const limit = useApp((app) => app.settings.proxyLimit)
  const [ffmpeg, setFfmpeg] = useState<FfmpegState | null>(null)
  const [used, setUsed] = useState<number | null>(null)
  const look = useCallback(() => {
    Promise.all([ask('ffmpeg.get'), ask('proxies.bytes')]).then(
      ([found, taken]) => {
        setFfmpeg(found)
        setUsed(taken)
      },
      (error: unknown) => say(toFailure(error)),
    )
  }, [])
  useEffect(look, [look])
  const change = (name: 'ffmpeg.choose' | 'ffmpeg.forget') =>
    ask(name).then(setFfmpeg, (error: unknown) => say(toFailure(error)))
  const clear = async () => {
    try {
      await ask('proxies.clear')
      sayWords(words.cleared)
    } catch (error) {
      say(toFailure(error))
    }
    look()
  }
  return (
    <Group title={words.title}>
      <SettingRow words={words.tool} more={ffmpeg === null ? '' : toolWords(ffmpeg)}>
        {ffmpeg?.tool?.origin === 'chosen' || ffmpeg?.isChosenGone ? (
          <Button look="bare" onClick={() => void change('ffmpeg.forget')}>
            {words.forget}
          </Button>
        ) : null}
        <Button onClick={() => void change('ffmpeg.choose')}>{words.choose}</Button>
      </SettingRow>
      <SettingRow words={words.limit} more={used === null ? '' : words.limitMore(bytes(used))}>
        <Button look="bare" disabled={used === 0} onClick={() => void clear()}>
          {words.clear}
        </Button>
        <Segments
          label={words.limit}
          value={String(limit)}
          onChange={(value) => void changeSettings({ proxyLimit: Number(value) }).then(look)}
          segments={proxyLimits.map((each) => ({ value: String(each), words: bytes(each) }))}
        />
      </SettingRow>
    </Group>
  )
}

function toolWords({ tool, isChosenGone }: FfmpegState): string {
  const words = text.ffmpeg
  const gone = isChosenGone ? `${words.gone} ` : ''
  if (tool === null) return gone + words.none
  const which = tool.origin === 'chosen' ? words.chosen(tool.version) : words.found(tool.version)
  return `${gone}${which}, ${tool.makes === null ? words.makesNone : words.makes[tool.makes]}`
}
