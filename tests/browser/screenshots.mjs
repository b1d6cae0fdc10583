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

const index = () => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Every screen of Kontobro</title>
<style>
  body { font: 16px/1.5 system-ui; margin: 2rem; background: #ddd; color: #111 }
  .row { display: flex; gap: 1rem; overflow-x: auto; align-items: start; padding-bottom: 1rem }
  figure { flex: none; margin: 0 } img { display: block; border: 1px solid #999 }
  img.narrow { width: 320px } img.wide { width: 640px }
  pre { background: #fff; padding: 1rem; white-space: pre-wrap; max-width: 42rem }
</style>
<h1>Every screen of Kontobro</h1>
${[...pictures].map(([name, folders]) => `<h2 id="${name}">${name}</h2>
<div class="row">${folders.map((folder) => `
<figure><figcaption>${folder}</figcaption><a href="${folder}/${name}.png"><img
  class="${folder.includes('320') ? 'narrow' : 'wide'}" loading="lazy" src="${folder}/${name}.png" alt=""></a></figure>`).join('')}
</div>`).join('\n')}
<h2>Mails as text</h2>
${[...texts].map(([name, text]) => `<h3>${name}</h3>\n<pre>${escaped(text)}</pre>`).join('\n')}
</html>
`

await rm(FOLDER, { recursive: true, force: true })
await mkdir(FOLDER)
const browser = await launch()
try {
  for (const language of LANGUAGES) {
    console.log(`Taking pictures in ${language}`)
    const world = await startWorld()
    try {
      await tour(browser, world, language, (name, page, mail) => take(language, name, page, mail))
    } finally {
      await world.stop()
    }
  }
} finally {
  await browser.close()
  await writeFile(`${FOLDER}index.html`, index())
}
console.log(`${pictures.size} screens: open screenshots/index.html`)
