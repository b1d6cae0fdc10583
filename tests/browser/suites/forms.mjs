// A9, A10, A11: forms say what they want and what is wrong, to eyes and to screen readers, and the
// irreversible step cannot be taken unseen.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person } from '../lib/browser.mjs'
import { INGRID, LONG, STINE } from '../lib/people.mjs'
import { arriveAt, follow, linkFor, logIn, press, search } from '../lib/steps.mjs'

export function forms({ browser, world }) {
  test('A9: the question is the heading and the label, and the hint belongs to the field', () =>
    asking(INGRID, async (page) => {
      const field = page.getByRole('textbox', { name: 'Hvilken e-postadresse har du brukt hos NAKOS?' })
      assert.equal(await page.locator('h1 label').getAttribute('for'), await field.getAttribute('id'))
      assert.deepEqual(
        await field.evaluate(({ type, autocomplete, spellcheck, autocapitalize }) => ({ type, autocomplete, spellcheck, autocapitalize })),
        { type: 'email', autocomplete: 'email', spellcheck: false, autocapitalize: 'none' },
      )
      assert.match(await descriptionOf(field), /^Skriv en adresse som er din egen/)
      assert.equal(await field.getAttribute('aria-invalid'), null)
    }))

  test('A9: the profile tells what is asked for, so that browsers can help', () =>
    asking(STINE, async (page) => {
      await search(page, STINE.address)
      await press(page, 'Slå sammen')
      await press(page, 'Bekreft')
      await page.goto(await linkFor(world(), STINE))
      await arriveAt(page, 'Se over profilen din')
      for (const [label, purpose] of [['Fornavn', 'given-name'], ['Etternavn', 'family-name'], ['E-post', 'email'], ['Telefon (valgfritt)', 'tel']])
        assert.equal(await page.getByLabel(label, { exact: true }).getAttribute('autocomplete'), purpose, label)

      await page.getByLabel('Fornavn').fill('')
      await page.getByLabel('Telefon').fill('ring meg')
      await press(page, 'Lagre')
      await mistakesAreTold(page, [['Fornavn', 'Skriv inn fornavnet ditt.'], ['Telefon', 'Telefonnummeret må ha 5 til 15 siffer, gjerne med + og landkode foran.']])
      assert.equal(await page.getByLabel('Telefon').inputValue(), 'ring meg')
    }))

  test('A9, A10: a search without an address, or with half of one', () =>
    asking(INGRID, async (page) => {
      const question = 'Hvilken e-postadresse'
      await press(page, 'Søk')
      await mistakesAreTold(page, [[question, 'Skriv inn e-postadressen din.']])
      await search(page, 'ingrid.vik')
      await mistakesAreTold(page, [[question, 'E-postadressen mangler @. Skriv den slik: navn@eksempel.no.']])
      assert.equal(await page.getByLabel(question).inputValue(), 'ingrid.vik')
    }))

  test('A9, A10: a new account without the statement', () =>
    asking(LONG, async (page) => {
      await search(page, LONG.address)
      await press(page, 'Opprett en helt ny brukerkonto')
      await press(page, 'Bekreft')
      await mistakesAreTold(page, [['Jeg har ikke hatt konto hos NAKOS tidligere', 'Kryss av for at du ikke har hatt konto tidligere, eller søk med en annen e-postadresse.']])
    }))

  test('A11: no mail is asked for without the second look', () =>
    asking(INGRID, async (page) => {
      await search(page, INGRID.address)
      await arriveAt(page, 'Vi fant én konto')
      const handle = await page.locator('[name=konto]').inputValue()
      const csrf = await page.locator('[name=csrf]').first().inputValue()
      for (const konto of [handle, '', 'ingrid.vik@example.no']) {
        const answer = await page.request.post('/bekreft', { form: { csrf, konto }, headers: { 'sec-fetch-site': 'same-origin' }, maxRedirects: 0 })
        assert.equal(answer.status(), 409, konto)
      }
      const messages = await (await fetch(`${world().outbox}/messages`)).json()
      assert.deepEqual(messages.filter(({ to }) => to === INGRID.address), [])
    }))

  /** As someone on the search page, without JavaScript. */
  async function asking(who, story) {
    const someone = await person(browser(), world(), { javaScriptEnabled: false })
    await someone.page.goto('/')
    await logIn(someone.page, who)
    await story(someone.page)
    assert.deepEqual(someone.complaints, [])
    await someone.close()
  }
}

/** `mistakes` are `[label, words]`: in the summary, which has the focus and leads to the field; and at the field. */
async function mistakesAreTold(page, mistakes) {
  const summary = page.getByRole('group', { name: 'For å gå videre må du rette opp følgende feil' })
  await summary.waitFor()
  assert.equal(await page.evaluate(() => document.activeElement.id), 'feil')
  assert.match(await page.title(), /^Feil: /)
  assert.deepEqual(await summary.getByRole('listitem').allInnerTexts(), mistakes.map(([, words]) => words))
  for (const [label, words] of mistakes) {
    const field = page.getByLabel(label)
    assert.equal(await field.getAttribute('aria-invalid'), 'true')
    assert.ok((await descriptionOf(field)).endsWith(words), `${label}: ${await descriptionOf(field)}`)
    await follow(page, words)
    assert.equal(await page.evaluate(() => document.activeElement.name), await field.getAttribute('name'))
  }
}

/** What a screen reader says after the field's name. */
const descriptionOf = (field) =>
  field.evaluate((field) => field.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).innerText).join(' '))
