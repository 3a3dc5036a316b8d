import { File, Folder } from 'lucide-react'
import type { DropProblem, Scan } from '../../shared/drop.ts'
import { bytes } from '../text/format.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { MiddleCut } from '../ui/MiddleCut.tsx'
import { type StatusLook, ToneIcon } from '../ui/StateLabel.tsx'
import css from './DropSheet.module.css'

const c = classesOf(css)
const shown = 100

const looks: Readonly<Record<'waits' | 'leftOut' | 'sent', StatusLook>> = {
  waits: { tone: 'wait', shape: 'waiting' },
  leftOut: { tone: 'stop', shape: 'failed' },
  sent: { tone: 'idle', shape: 'changes' },
}

/** The folders of a drop, the first names, and what wants a look. */
export function DropFound({ scan }: { readonly scan: Scan }) {
  const words = text.drop
  const [only] = scan.folders
  const isLoose = scan.folders.length === 0 || (scan.folders.length === 1 && only?.name === '')
  return (
    <>
      {isLoose ? null : (
        <section className={c('section')}>
          <h3>{words.folders}</h3>
          {scan.folders.slice(0, shown).map((folder) => (
            <div key={folder.name} className={c('line')}>
              {folder.name === '' ? <File size={15} /> : <Folder size={15} />}
              <span className={c('name', 'grow')}>{folder.name || words.looseFiles}</span>
              <span className={c('number')}>{words.files(folder.files)}</span>
              <span className={c('number')}>{bytes(folder.bytes)}</span>
            </div>
          ))}
          <More count={scan.folders.length - shown} />
        </section>
      )}
      {isLoose && scan.sample.length > 0 ? (
        <section className={c('section')}>
          {scan.sample.map((name) => (
            <div key={name} className={c('line')}>
              <File size={15} />
              <span className={c('name', 'grow')}>
                <MiddleCut name={name} />
              </span>
            </div>
          ))}
          <More count={scan.files - scan.sample.length} />
        </section>
      ) : null}
      {scan.problemCount > 0 ? (
        <section className={c('section')}>
          <h3>
            {words.needLook}
            <span className={c('number')}>{scan.problemCount}</span>
          </h3>
          {scan.problems.slice(0, shown).map((problem) => (
            <ProblemLine key={`${problem.folders.join('/')}/${problem.name}`} problem={problem} />
          ))}
          <More count={scan.problemCount - Math.min(shown, scan.problems.length)} />
        </section>
      ) : null}
    </>
  )
}

function ProblemLine({ problem }: { readonly problem: DropProblem }) {
  const { words, tag } = text.drop.problems[problem.kind]
  const kind = tag as keyof typeof looks
  return (
    <div className={c('line', 'two')}>
      <ToneIcon look={looks[kind]} />
      <div className={c('grow')}>
        <p className={c('name')} title={[...problem.folders, problem.name].join('/')}>
          <MiddleCut name={problem.name} title={false} />
        </p>
        <p className={c('words')}>{words}</p>
      </div>
      <span className={c('tag', kind === 'waits' && 'waits')}>{text.drop.tags[kind]}</span>
    </div>
  )
}

function More({ count }: { readonly count: number }) {
  return count > 0 ? <p className={c('line', 'words')}>{text.drop.andMore(count)}</p> : null
}
