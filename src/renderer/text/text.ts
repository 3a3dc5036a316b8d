import { en, type Text } from './en.ts'

/** The words on the screen. A second language is one more file of this type, chosen here. */
export const text: Text = en
