// A3: the whole way by keyboard alone, without JavaScript: Tab to what one wants, Enter, Space. That
// every stop is in order and shows where one is, the tour sees to on every screen.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person } from '../lib/browser.mjs'
import { AGNIESZKA } from '../lib/people.mjs'
import { arriveAt, linkFor } from '../lib/steps.mjs'

const STOPS = 40

export function keyboard({ browser, world }) {
  test('A3: the skip link comes first and moves the focus to what the page is about', () =>
    withoutMouse(async (page) => {
      await page.goto('/')
      await page.keyboard.press('Tab')
      assert.equal(await focused(page), 'Hopp til hovedinnhold')
      await page.keyboard.press('Enter')
      assert.equal(await page.evaluate(() => document.activeElement.id), 'innhold')
      await page.keyboard.press('Tab')
      assert.equal(await focused(page), 'Logg inn med ID-porten')
      await page.keyboard.press('Shift+Tab')
      assert.equal(await focused(page), 'English')
    }))

  test('A3: the journey from start to logout needs no mouse', () =>
    withoutMouse(async (page) => {
      await page.goto('/')
      await tabAndPress(page, 'Logg inn med ID-porten')
      await identify(page, AGNIESZKA.pid)
      await arriveAt(page, /^Hvilken e-postadresse/)
      await tabTo(page, 'Hvilken e-postadresse')
      await page.keyboard.type(AGNIESZKA.address)
      await page.keyboard.press('Enter')
      await arriveAt(page, 'Vi fant én konto')
      await tabAndPress(page, 'Slå sammen')
      await arriveAt(page, 'Er dette riktig konto?')
      await tabAndPress(page, 'Bekreft', 'Space')
      await arriveAt(page, 'Sjekk e-posten din')
      await page.goto(await linkFor(world(), AGNIESZKA))
      await arriveAt(page, 'Se over profilen din')
      await tabAndPress(page, 'Lagre', 'Space')
      await arriveAt(page, 'Du er ferdig')
      await tabAndPress(page, 'Logg ut')
      await arriveAt(page, 'Du er logget ut')
    }))

  async function withoutMouse(story) {
    const someone = await person(browser(), world(), { javaScriptEnabled: false })
    await story(someone.page)
    assert.deepEqual(someone.complaints, [])
    await someone.close()
  }
}

/** What has the focus: as a person would name it. */
const focused = (page) =>
  page.evaluate(() => {
    const at = document.activeElement
    return at.labels?.[0]?.innerText ?? at.getAttribute('aria-label') ?? at.innerText ?? ''
  })

async function tabTo(page, name) {
  for (let stop = 0; stop < STOPS; stop++) {
    await page.keyboard.press('Tab')
    if ((await focused(page)).includes(name)) return
  }
  assert.fail(`no way to «${name}» by keyboard, from ${page.url()}`)
}

async function tabAndPress(page, name, key = 'Enter') {
  await tabTo(page, name)
  await page.keyboard.press(key)
}

async function identify(page, pid) {
  await arriveAt(page, 'Logg inn')
  await tabTo(page, 'Fødselsnummer')
  await page.keyboard.type(pid)
  await page.keyboard.press('Enter')
}
