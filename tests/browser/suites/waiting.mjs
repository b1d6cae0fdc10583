// The waiting page with its script: it knows by itself what a reload would tell. That it is whole
// without, the journeys see to.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person } from '../lib/browser.mjs'
import { EIRIK, THOMAS } from '../lib/people.mjs'
import { arriveAt, askForOldAccount, follow, identify, linkFor } from '../lib/steps.mjs'
import { decide, mailTo } from '../lib/world.mjs'

const PAUSE = 6_000 // a little over the first of the script

export function waiting({ browser, world }) {
  /** Runs `story` with someone who waits for the mail, at a page whose clock stands until it is told. */
  async function whoWaits(who, story) {
    const someone = await person(browser(), world())
    await someone.page.clock.install()
    await askForOldAccount(someone.page, who)
    await story(someone.page)
    assert.deepEqual(someone.complaints, [])
    await someone.close()
  }

  test('the page that waits tells by itself where the mail is, and says it to a screen reader', () =>
    whoWaits(EIRIK, async (page) => {
      const status = page.getByRole('status')
      await page.evaluate(() => (document.body.dataset.still = 'the same page'))
      for (const [fate, words] of [['delay', /er forsinket/], ['deliver', /har tatt imot e-posten/]]) {
        await decide(world(), await mailTo(world(), EIRIK.address), fate)
        await page.clock.runFor(PAUSE * 2)
        await status.filter({ hasText: words }).waitFor()
      }
      assert.equal(await page.evaluate(() => document.body.dataset.still), 'the same page')
      await decide(world(), await mailTo(world(), EIRIK.address), 'bounce')
      await page.clock.runFor(PAUSE * 3)
      await arriveAt(page, 'Vi når ikke e-postadressen')
    }))

  test('when the link was used elsewhere, the page that waits goes on by itself', () =>
    whoWaits(THOMAS, async (page) => {
      const phone = await person(browser(), world(), { javaScriptEnabled: false })
      await phone.page.goto(await linkFor(world(), THOMAS))
      await follow(phone.page, 'Logg inn med ID-porten')
      await identify(phone.page, THOMAS)
      await arriveAt(phone.page, 'Se over profilen din')
      await phone.close()
      await page.clock.runFor(PAUSE)
      await arriveAt(page, 'Se over profilen din')
    }))
}
