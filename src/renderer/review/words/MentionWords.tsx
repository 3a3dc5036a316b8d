import { memo, useEffect, useMemo } from 'react'
import { classesOf } from '../../ui/classes.ts'
import { askAboutName, useMentions } from './mentionStore.ts'
import { partsOf } from './mentionText.ts'
import css from './Words.module.css'

const c = classesOf(css)

/** A comment's words, people in them as chips. */
export function MentionWords({ words }: { readonly words: string }) {
  return words.includes('@') ? <Mentioning words={words} /> : words
}

const Mentioning = memo(function Mentioning({ words }: { readonly words: string }) {
  const names = useMentions((state) => state.names)
  const { parts, unknown } = useMemo(() => {
    const unknown: string[] = []
    return { parts: partsOf(words, names, (word) => unknown.push(word)), unknown }
  }, [words, names])
  useEffect(() => {
    for (const word of unknown) askAboutName(word)
  }, [unknown])
  let at = 0
  return parts.map((part) => {
    const key = at
    at += part.words.length
    return part.isMention ? (
      <span key={key} className={c('mention')} data-mention="">
        {part.words}
      </span>
    ) : (
      part.words
    )
  })
})
