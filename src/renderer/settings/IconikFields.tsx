import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { Segments } from '../ui/Segments.tsx'
import type { FieldProblem } from './connectForm.ts'
import { Field } from './Field.tsx'
import { type IconikField, type IconikForm, iconikHost, type SignInKind } from './iconikForm.ts'
import css from './Settings.module.css'

const c = classesOf(css)

interface IconikFieldsProps {
  readonly form: IconikForm
  readonly problems: Partial<Record<IconikField, FieldProblem>>
  /** Null: a connection of its own; the ways in that make sense for one that is there already. */
  readonly ways?: readonly SignInKind[]
  readonly wantsCode: boolean
  readonly isRenewal?: boolean
  readonly onChange: (part: Partial<IconikForm>) => void
}

const allWays: readonly SignInKind[] = ['password', 'token', 'share']

/** How somebody signs in to iconik: an account, an application token, or a link that was sent to them. */
export function IconikFields(props: IconikFieldsProps) {
  const { form, problems, ways = allWays, wantsCode, isRenewal = false, onChange } = props
  const words = text.connect.iconik
  const field = (
    name: IconikField,
    label: string,
    more: { placeholder?: string; isSecret?: boolean } = {},
  ) => (
    <Field
      label={label}
      value={form[name]}
      problem={problems[name]}
      onChange={(value) => onChange({ [name]: value })}
      {...more}
    />
  )
  const host = iconikHost(form)
  return (
    <>
      {ways.length > 1 ? (
        <div className={c('ways')}>
          <Segments
            label={words.way}
            value={form.kind}
            onChange={(kind) => onChange({ kind })}
            segments={ways.map((value) => ({ value, words: words.ways[value] }))}
            fill
          />
        </div>
      ) : null}
      {isRenewal ? null : field('name', text.connect.name, { placeholder: text.connect.namePlaceholder })}
      {form.kind === 'share' ? (
        <>
          {isRenewal ? null : field('link', words.link, { placeholder: words.linkPlaceholder })}
          {field('password', words.sharePassword, { placeholder: words.ifAny, isSecret: true })}
          {isRenewal ? null : field('email', words.shareEmail, { placeholder: text.connect.optional })}
          <p className={c('hint')}>{host === undefined ? words.shareMore : words.shareHost(host)}</p>
        </>
      ) : (
        <>
          {isRenewal
            ? null
            : field('address', text.connect.address, { placeholder: words.addressPlaceholder })}
          {form.kind === 'token' ? (
            <>
              {field('appId', words.appId)}
              {field('token', words.token, { isSecret: true })}
              <p className={c('hint')}>{words.tokenMore}</p>
            </>
          ) : (
            <>
              {field('email', words.email)}
              {field('password', words.password, { isSecret: true })}
              {wantsCode ? field('code', words.code, { placeholder: words.codePlaceholder }) : null}
              <p className={c('hint')}>{wantsCode ? words.codeMore : words.passwordMore}</p>
            </>
          )}
        </>
      )}
    </>
  )
}
