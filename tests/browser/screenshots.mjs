// A picture of every screen, into screenshots/ at the project's root, and a page that shows them all.
// `npm run screenshots -- nb` for one language alone.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { launch } from './lib/browser.mjs'
import { tour } from './lib/tour.mjs'
import { startWorld } from './lib/world.mjs'

const FOLDER = fileURLToPath(new URL('../../screenshots/', import.meta.url))
const NARROW = { width: 320, height: 640 }
const WIDE = { width: 1280, height: 800 }
const LANGUAGES = process.argv.length > 2 ? process.argv.slice(2) : ['nb', 'nn', 'en']

/** How a screen is taken: the folder's name, and what differs. Dark once is enough. */
const views = (language) => [
  { folder: `${language}-320`, size: NARROW, colorScheme: 'light' },
  { folder: `${language}-1280`, size: WIDE, colorScheme: 'light' },
  ...(language === 'nb' ? [
    { folder: 'nb-320-dark', size: NARROW, colorScheme: 'dark' },
    { folder: 'nb-1280-dark', size: WIDE, colorScheme: 'dark' },
  ] : []),
]

const FOLDERS = ['nb', 'nn', 'en'].flatMap((language) => views(language).map(({ folder }) => folder))

const pictures = new Map() // screen's name → its pictures
const texts = new Map() // mail's name and language → its text part

async function take(language, name, page, mail) {
  for (const { folder, size, colorScheme } of views(language)) {
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: `${FOLDER}${folder}/${name}.png`, fullPage: true })
    pictures.set(name, [...(pictures.get(name) ?? []), folder])
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(WIDE)
  if (mail) texts.set(`${name}, ${language}`, mail.text)
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** Screens in the order of the way, by the first word of their names. */
const GROUPS = {
  'Start, help, privacy': ['start', 'hjelp', 'personvern', 'tilgjengelighet'], 'Login and logout': ['innlogging', 'logg', 'logget'],
  Search: ['søk', 'treff'], 'Second look and new account': ['bekreft', 'ny'], Waiting: ['sendt'], 'The mailed link': ['lenke'],
  'Profile and done': ['profil', 'ferdig'], 'What goes wrong': ['feil', 'stengt'], Mails: ['e-post'],
}

function grouped() {
  const first = (name) => name.replace(/^(e-post|[^-]+).*/, '$1')
  const groups = Object.entries(GROUPS).map(([title, words]) => [title, [...pictures.keys()].filter((name) => words.includes(first(name)))])
  const lost = [...pictures.keys()].filter((name) => !groups.some(([, names]) => names.includes(name)))
  if (lost.length) throw new Error(`In no group: ${lost}`)
  return groups
}

/** `nb-320-dark` is of nb, w320 and dark. */
const figureClass = (folder) => folder.split('-').map((part) => (/\d/.test(part) ? `w${part}` : part)).join(' ')

const figure = (name, folder) => `<figure class="${figureClass(folder)}"><figcaption>${folder}</figcaption>
<a href="${folder}/${name}.png"><img loading="lazy" src="${folder}/${name}.png" alt=""></a></figure>`

const index = () => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Every screen of Kontobro</title>
<style>
  body { font: 16px/1.5 system-ui; margin: 0; background: #dfe2e4; color: #111 }
  header { position: sticky; top: 0; z-index: 1; padding: .5rem 1rem; background: #fff; border-bottom: 1px solid #999 }
  header a, header label { margin-right: 1rem }
  main { padding: 0 1rem 4rem } h2 { margin: 2rem 0 0; scroll-margin-top: 6rem } h3 { margin: 1rem 0 .25rem; font-size: 1rem; scroll-margin-top: 6rem }
  .row { display: flex; gap: 1rem; overflow-x: auto; align-items: start; padding-bottom: .5rem }
  figure { flex: none; margin: 0; font-size: .8rem } img { display: block; border: 1px solid #999 }
  .w320 img { width: 160px } .w1280 img { width: 400px } img:hover { outline: 3px solid #0062ba }
  pre { background: #fff; padding: 1rem; white-space: pre-wrap; max-width: 42rem }
  ${['nb', 'nn', 'en', '320', '1280', 'dark'].map((part) => `body:has(#show${part}:not(:checked)) .${/\d/.test(part) ? `w${part}` : part} { display: none }`).join('\n  ')}
</style>
<header>
<strong>${pictures.size} screens</strong>
${Object.keys(GROUPS).map((title) => `<a href="#${title.replaceAll(/\W+/g, '-')}">${title}</a>`).join('\n')} <a href="#texts">Mails as text</a><br>
${['nb', 'nn', 'en', '320', '1280', 'dark'].map((part) => `<label><input type="checkbox" id="show${part}" checked> ${part}</label>`).join('\n')}
</header>
<main>
${grouped().map(([title, names]) => `<h2 id="${title.replaceAll(/\W+/g, '-')}">${title}</h2>
${names.map((name) => `<h3 id="${name}">${name}</h3>
<div class="row">
${pictures.get(name).toSorted((one, other) => FOLDERS.indexOf(one) - FOLDERS.indexOf(other)).map((folder) => figure(name, folder)).join('\n')}
</div>`).join('\n')}`).join('\n')}
<h2 id="texts">Mails as text</h2>
${[...texts].toSorted().map(([name, text]) => `<h3>${name}</h3>\n<pre>${escaped(text)}</pre>`).join('\n')}
</main>
</html>
`

await rm(FOLDER, { recursive: true, force: true })
await mkdir(FOLDER)
const browser = await launch()
try {
  await Promise.all(LANGUAGES.map(async (language) => {
    const world = await startWorld()
    try {
      await tour(browser, world, language, (name, page, mail) => take(language, name, page, mail))
    } finally {
      await world.stop()
    }
  }))
} finally {
  await browser.close()
  await writeFile(`${FOLDER}index.html`, index())
}
console.log(`${pictures.size} screens: open screenshots/index.html`)
