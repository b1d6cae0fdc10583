// All tests in a real browser: one browser, a world for each tour and one for people at work. The
// tours go on beside each other, as most of the time is spent waiting.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { launch } from './lib/browser.mjs'
import { invalid } from './lib/validator.mjs'
import { startWorld } from './lib/world.mjs'
import { forms } from './suites/forms.mjs'
import { journeys } from './suites/journeys.mjs'
import { keyboard } from './suites/keyboard.mjs'
import { screens, sent } from './suites/screens.mjs'
import { waiting } from './suites/waiting.mjs'

let browser, world
before(async () => ([browser, world] = await Promise.all([launch(), startWorld()])))
after(() => Promise.all([browser?.close(), world?.stop()]))

const here = { browser: () => browser, world: () => world }

describe('Kontobro in a browser', { concurrency: true }, () => {
  for (const language of ['nb', 'nn', 'en']) screens(here.browser, language)
  describe('people at work', { concurrency: 1 }, () => {
    journeys(here)
    keyboard(here)
    forms(here)
    waiting(here)
  })
})

test('what was sent is valid HTML', async () => {
  assert.ok(sent.size > 250, `only ${sent.size} pages`)
  assert.deepEqual(await invalid(sent), [])
})
