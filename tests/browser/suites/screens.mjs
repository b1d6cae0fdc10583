// Every screen, every mistake and every mail, in one language: usable by everyone (A1 to A8, A12 to
// A16, A18), and none forgotten.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourceOf } from '../lib/browser.mjs'
import {
  DESK, axeFaults, buttonFaults, forcedColourFaults, frameOf, keyboardFaults, logoutFaults, printFaults, reflowFaults, targetFaults, wordFaults,
} from '../lib/checks.mjs'
import { textsUnseen, troublesUnseen } from '../lib/coverage.mjs'
import { mailFaults } from '../lib/mails.mjs'
import { tour } from '../lib/tour.mjs'
import { startWorld } from '../lib/world.mjs'

/** HTML as it was sent, by language and screen: for the validator, once all tours are done. */
export const sent = new Map()

export const screens = (browser, language) =>
  test(`every screen in ${language}`, async (t) => {
    const world = await startWorld()
    const words = [] // on each screen, seen or read aloud
    const frames = new Map() // header and footer, by the settings: an owner's phone stands in them
    const look = async (name, page, mail) => {
      sent.set(`${language} ${name}`, mail?.html ?? (await sourceOf(page)))
      words.push(await wordsOn(page), ...(mail ? [mail.subject, mail.text] : []))
      const found = await axeFaults(page, { isMail: Boolean(mail) })
      found.push(...(await reflowFaults(page)))
      if (mail) found.push(...(await mailFaults(page)))
      else {
        found.push(...(await wordFaults(page, language)), ...(await targetFaults(page)), ...(await buttonFaults(page)), ...(await logoutFaults(page)))
        const [settings, frame] = [JSON.stringify(world.settings), await frameOf(page)]
        if (!frames.has(settings)) frames.set(settings, frame)
        if (frame !== frames.get(settings)) found.push(`another header or footer: ${frame}`)
        if (language === 'nb') // the same in every language
          found.push(...(await forcedColourFaults(page)), ...(await printFaults(page)), ...(await keyboardFaults(page)))
      }
      await page.setViewportSize(DESK)
      await t.test(name, () => assert.deepEqual(found, []))
    }
    try {
      await tour(browser(), world, language, look)
      await t.test('no trouble is forgotten', async () => assert.deepEqual(troublesUnseen(await world.log()), []))
      await t.test('no text is forgotten', () => assert.deepEqual(textsUnseen(language, words), []))
    } finally {
      await world.stop()
    }
  })

const wordsOn = (page) =>
  page.evaluate(() => {
    const labels = [...document.querySelectorAll('[aria-label]')].map((e) => e.ariaLabel)
    // The subject of a mail to support.
    const mails = [...document.querySelectorAll('a[href^="mailto:"]')].map((e) => decodeURIComponent(e.href))
    return [document.title, ...labels, ...mails, document.body.textContent].join(' ')
  })
