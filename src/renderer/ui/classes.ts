type Given = string | false | null | undefined

/**
 * Class names of one CSS module: `c('row', isOn && 'on')`. A name the module does not have is left out,
 * so a typing mistake shows as a missing style and never as a foreign class.
 */
export function classesOf(module: Readonly<Record<string, string>>): (...names: Given[]) => string {
  return (...names) => {
    let text = ''
    for (const name of names) {
      const found = name ? module[name] : undefined
      if (found !== undefined) text += text === '' ? found : ` ${found}`
    }
    return text
  }
}
