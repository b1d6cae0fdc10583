// Every screen and every mistake, in each language: no violation that axe knows of (WCAG 2.1 and
// 2.2, A and AA, and best practice), light and dark; nothing wider than a narrow phone; a way out.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import { launch } from './lib/browser.mjs'
import { tour } from './lib/tour.mjs'
import { startWorld } from './lib/world.mjs'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const PHONE = { width: 320, height: 640 }
const DESK = { width: 1280, height: 900 }

let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

/** In the page itself: there are no frames, for whose sake axe would open a page of its own each time. */
const axeOn = (page) => new AxeBuilder({ page }).setLegacyMode()

const violations = async (axe) =>
  (await axe.analyze()).violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n    ${node.html}\n    ${node.failureSummary}`))

/** Whatever is wrong with the page as it stands. A mail is shown within someone else's page. */
async function faults(page, isMail) {
  const axe = axeOn(page).withTags(RULES)
  if (isMail) axe.disableRules(['landmark-one-main', 'region'])
  const found = await violations(axe)
  await page.emulateMedia({ colorScheme: 'dark' }) // other colours, and nothing else
  const dark = await violations(axeOn(page).withRules(['color-contrast']))
  await page.emulateMedia({ colorScheme: 'light' })

  await page.setViewportSize(PHONE)
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  await page.setViewportSize(DESK)
  const wide = width > PHONE.width ? [`${width} px wide on a phone`] : []
  return [...found, ...dark.map((fault) => `in the dark, ${fault}`), ...wide]
}

/** «Logg ut» stands on every page of a session. The pages for anyone know of none. */
async function lacksLogout(page) {
  const isPublic = /^\/($|hjelp|personvern|tilgjengelighet|assets)/.test(new URL(page.url()).pathname)
  const loggedIn = (await page.context().cookies()).some(({ name }) => name === '__Host-kontobro')
  if (isPublic || !loggedIn) return []
  return (await page.locator('form[action="/logg-ut"] button').isVisible()) ? [] : ['no «Logg ut»']
}

describe('everyone can use every screen', { concurrency: 3 }, () => {
  for (const language of ['nb', 'nn', 'en']) {
    test(`in ${language}`, async (t) => {
      const world = await startWorld()
      const looked = async (name, page, mail) => {
        const found = [...(await faults(page, mail)), ...(mail ? [] : await lacksLogout(page))]
        const lang = await page.locator('html').getAttribute('lang')
        if (lang !== language) found.push(`lang is ${lang}`)
        if ((await page.locator('h1').count()) !== 1) found.push('not one h1')
        await t.test(name, () => assert.deepEqual(found, []))
      }
      try {
        await tour(browser, world, language, looked)
      } finally {
        await world.stop()
      }
    })
  }
})
