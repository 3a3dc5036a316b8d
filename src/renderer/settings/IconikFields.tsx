import { Field, type FieldProblem } from '../forms/Field.tsx'
import { FieldLine } from '../forms/FieldLine.tsx'
import css from '../forms/Form.module.css'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { Segments } from '../ui/Segments.tsx'
import {
  type IconikField,
  type IconikForm,
  iconikHost,
  regionNames,
  regionOf,
  regions,
  type SignInKind,
} from './iconikForm.ts'

const c = classesOf(css)

interface IconikFieldsProps {
  readonly form: IconikForm
  readonly problems: Partial<Record<IconikField, FieldProblem>>
  /** Null: a connection of its own; the ways in that make sense for one that is there already. */
  readonly ways?: readonly SignInKind[]
  readonly wantsCode: boolean
  /** The share's link does not say which application it belongs to, and the service asks. */
  readonly wantsAppId?: boolean
  readonly isRenewal?: boolean
  readonly onChange: (part: Partial<IconikForm>) => void
}

const allWays: readonly SignInKind[] = ['password', 'token', 'share']

/** How somebody signs in to iconik: an account, an application token, or a link that was sent to them. */
export function IconikFields(props: IconikFieldsProps) {
  const { form, problems, ways = allWays, wantsCode, wantsAppId = false, isRenewal = false, onChange } = props
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
          {wantsAppId ? field('appId', words.appId, { placeholder: words.appIdPlaceholder }) : null}
          {isRenewal ? null : field('email', words.shareEmail, { placeholder: text.connect.optional })}
          <p className={c('hint')}>{host === undefined ? words.shareMore : words.shareHost(host)}</p>
        </>
      ) : (
        <>
          {isRenewal ? null : (
            <>
              <RegionChoice address={form.address} onChange={(address) => onChange({ address })} />
              {field('address', text.connect.address, { placeholder: words.addressPlaceholder })}
            </>
          )}
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

/** Where the service keeps the account. The address beside it stays open to any other. */
function RegionChoice({
  address,
  onChange,
}: {
  readonly address: string
  readonly onChange: (address: string) => void
}) {
  const words = text.connect.iconik
  return (
    <FieldLine label={words.region}>
      <Segments
        label={words.region}
        value={regionOf(address)}
        onChange={(region) => onChange(region === 'own' ? '' : regions[region])}
        segments={regionNames.map((value) => ({ value, words: words.regions[value] }))}
        fill
      />
    </FieldLine>
  )
}
