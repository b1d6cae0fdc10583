// What there is to see, read from the sources: the list of troubles and the catalogue of texts. A new
// one that the tour does not visit is a failing test.
import { readFileSync } from 'node:fs'

const source = (path) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

/** The variants of `web::Trouble` that no line of the functions' log names. */
export function troublesUnseen(log) {
  const variants = [...source('src/web/trouble.rs').matchAll(/#\[error\("([^"]+)"\)\]\s+(\w+)/g)]
  if (variants.length < 30) throw new Error(`trouble.rs has only ${variants.length} variants`)
  const causes = log.split('\n').filter(Boolean).map((line) => JSON.parse(line).fields).filter(({ event }) => ['refused', 'fault'].includes(event)).map(({ cause }) => cause)
  return variants.filter(([, words]) => !causes.some((cause) => cause.startsWith(words.replace('{0}', '')))).map(([, , name]) => name)
}

/** The texts of a language that stand on none of `pages`, each a screen's or a mail's whole text. */
export function textsUnseen(language, pages) {
  const file = source(`src/texts/${language}.rs`).replace(/\\\n\s*/g, '').replaceAll('\\u{a0}', ' ').replaceAll('\\u{ad}', '\u00ad')
  const dates = file.slice(file.indexOf('    dates: Dates {'))
  const inTheFileToTakeHome = /    history: History \{[^}]*\}/
  const shown = file.replace(dates, '').replace(inTheFileToTakeHome, '')
  const texts = [...shown.matchAll(/"([^"]+)"/g)].map(([, text]) => text)
  if (texts.length < 250) throw new Error(`${language}.rs has only ${texts.length} texts`)
  const all = pages.map((page) => page.replace(/\s+/g, ' '))
  return texts.filter((text) => {
    const pieces = text.split(/\{\w+\}/).map((piece) => piece.replace(/\s+/g, ' '))
    return !all.some((page) => inOrder(page, pieces))
  })
}

function inOrder(page, pieces) {
  let from = 0
  for (const piece of pieces) {
    const at = page.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return true
}
