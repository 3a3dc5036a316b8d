import { useState } from 'react'
import {
  firstNumberOf,
  firstNumberSchema,
  type NumberedScope,
  withFirstNumber,
} from '../../shared/frameNumbers.ts'
import type { Asset } from '../../shared/place.ts'
import { Field } from '../forms/Field.tsx'
import css from '../forms/Form.module.css'
import { FormDialog } from '../forms/FormDialog.tsx'
import { changeSettings, useApp, useConnection } from '../shell/appStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { Segments } from '../ui/Segments.tsx'

const c = classesOf(css)

interface FirstNumberDialogProps {
  readonly asset: Asset
  readonly onClose: () => void
}

/** What the first frame is called, of one clip or of all of its connection. Only what is shown, typed and saved changes. */
export function FirstNumberDialog({ asset, onClose }: FirstNumberDialogProps) {
  const numbers = useApp((app) => app.settings.frameNumbers)
  const connection = useConnection(asset.connectionId)
  const [typed, setTyped] = useState(() => String(firstNumberOf(numbers, asset)))
  const [scope, setScope] = useState<NumberedScope>('clip')
  const [isTried, setTried] = useState(false)
  const words = text.frameNumbers
  const parsed = firstNumberSchema.safeParse(/^\d+$/.test(typed.trim()) ? Number(typed) : undefined)
  return (
    <FormDialog
      title={words.title}
      more={words.more}
      width={440}
      action={words.set}
      isBusy={false}
      onClose={onClose}
      onSend={() => {
        setTried(true)
        if (!parsed.success) return
        onClose()
        void changeSettings({ frameNumbers: withFirstNumber(numbers, asset, parsed.data, scope) })
      }}
    >
      <Field
        label={words.label}
        value={typed}
        problem={isTried && !parsed.success ? 'badNumber' : undefined}
        onChange={setTyped}
      />
      <div className={c('ways')}>
        <Segments
          label={words.scope}
          value={scope}
          onChange={setScope}
          segments={[
            { value: 'clip', words: words.clip },
            { value: 'connection', words: words.connection },
          ]}
          fill
        />
      </div>
      <p className={c('hint')}>
        {scope === 'clip' ? words.clipMore : words.connectionMore(connection?.name ?? '')}
      </p>
    </FormDialog>
  )
}
