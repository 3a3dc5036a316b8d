import { shortWords } from './shortWords.ts'
import type { Thread } from './threads.ts'

const lineHeight = 20
/** A card without words: its line of names, the space around it and to the next one. */
const emptyCard = 8 + 28 + 8 + 4
const emptyReply = 8 + 20
/** Left of the words: the picture of the person, the space around. */
const beside = 48
const besideReply = 80
/** Of the letters that people write, in the size of a card. */
const letterWidth = 6.6

const linesOf = (words: string, width: number) => {
  const letters = Math.max(8, Math.floor(width / letterWidth))
  return words.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / letters)), 0)
}

/** How tall a thread's card will be in a list of this width, in CSS pixels: near enough until it is drawn and measured. */
export function guessCardHeight({ comment, replies }: Thread, width: number): number {
  const said = replies.map(
    ({ text }) => emptyReply + linesOf(shortWords(text), width - besideReply) * lineHeight,
  )
  const own = emptyCard + linesOf(shortWords(comment.text), width - beside) * lineHeight
  return said.reduce((sum, height) => sum + height, own)
}
