// The whole way by keyboard alone, without JavaScript: Tab to what one wants, Enter, Space.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, person } from './lib/browser.mjs'
import { KARI, OLA } from './lib/people.mjs'
import { arriveAt, linkFor } from './lib/steps.mjs'
import { startWorld } from './lib/world.mjs'

const STOPS = 40

let world, browser, page, someone
before(async () => {
  ;[world, browser] = await Promise.all([startWorld(), launch()])
  someone = await person(browser, world, { javaScriptEnabled: false })
  page = someone.page
})
after(() => Promise.all([browser?.close(), world?.stop()]))

/** What has the focus: as a person would name it. */
const focused = () =>
  page.evaluate(() => {
    const at = document.activeElement
    return at.labels?.[0]?.innerText ?? at.getAttribute('aria-label') ?? at.innerText ?? ''
  })

/** Tabs on until the focus is on `name`, and sees that each stop on the way shows where one is. */
async function tabTo(name) {
  for (let stop = 0; stop < STOPS; stop++) {
    await page.keyboard.press('Tab')
    if (!(await focused()).includes(name)) continue
    if (!page.url().startsWith(world.kontobro)) return // how ID-porten looks is not ours
    const outline = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement)
      return { style: outlineStyle, width: parseFloat(outlineWidth) }
    })
    assert.notEqual(outline.style, 'none', `${name} shows no focus`)
    assert.ok(outline.width >= 2, `${name} has an outline of ${outline.width} px`)
    return
  }
  assert.fail(`no way to «${name}» by keyboard, from ${page.url()}`)
}

async function tabAndPress(name, key = 'Enter') {
  await tabTo(name)
  await page.keyboard.press(key)
}

async function identify(pid) {
  await arriveAt(page, 'Logg inn')
  await tabTo('Fødselsnummer')
  await page.keyboard.type(pid)
  await page.keyboard.press('Enter')
}

test('the skip link comes first and moves the focus to what the page is about', async () => {
  await page.goto('/')
  await page.keyboard.press('Tab')
  assert.equal(await focused(), 'Hopp til hovedinnhold')
  await page.keyboard.press('Enter')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'innhold')
})

test('the journey from start to logout needs no mouse', async () => {
  await page.goto('/')
  await tabAndPress('Logg inn med ID-porten')
  await identify(KARI.pid)
  await arriveAt(page, /^Hvilken e-postadresse/)
  await tabTo('Hvilken e-postadresse')
  await page.keyboard.type(KARI.address)
  await page.keyboard.press('Enter')
  await arriveAt(page, 'Vi fant én konto')
  await tabAndPress('Slå sammen')
  await arriveAt(page, 'Er dette riktig konto?')
  await tabAndPress('Bekreft', 'Space')
  await arriveAt(page, 'Sjekk e-posten din')
  await page.goto(await linkFor(world, KARI))
  await arriveAt(page, 'Se over profilen din')
  await tabAndPress('Lagre', 'Space')
  await arriveAt(page, 'Du er ferdig')
  await tabAndPress('Logg ut')
  await arriveAt(page, 'Du er logget ut')
})

test('mistakes get the focus without JavaScript, and lead to their field', async () => {
  await page.goto('/')
  await tabAndPress('Logg inn med ID-porten')
  await identify(OLA.pid)
  await arriveAt(page, /^Hvilken e-postadresse/)
  await tabAndPress('Søk')
  await page.getByText('For å gå videre må du rette opp følgende feil').waitFor()
  assert.equal(await page.evaluate(() => document.activeElement.id), 'feil')
  assert.match(await page.title(), /^Feil: /)
  await tabAndPress('Skriv inn e-postadressen din.')
  assert.equal(await page.evaluate(() => document.activeElement.name), 'epost')
  assert.deepEqual(someone.complaints, [])
})
