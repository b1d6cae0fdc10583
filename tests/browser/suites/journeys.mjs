// What people come to do, from the first screen to the last, in a browser without JavaScript.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person } from '../lib/browser.mjs'
import { plantFromNextDoor } from '../lib/neighbour.mjs'
import { HEGE, KARI, NORA, SARA, STRANGER } from '../lib/people.mjs'
import { arriveAt, askForOldAccount, follow, identify, linkFor, logIn, logOut, press, search } from '../lib/steps.mjs'

export function journeys({ browser, world }) {
  /** Runs `story` with a browser of its own, without JavaScript, that nothing was blocked in. */
  async function inABrowser(story) {
    const someone = await person(browser(), world(), { javaScriptEnabled: false })
    await story(someone.page)
    assert.deepEqual(someone.complaints, [])
    await someone.close()
  }

  test('A2: an old account is found, asked for, confirmed by the mailed link, and its profile saved', () =>
    inABrowser(async (page) => {
      await page.goto('/')
      await arriveAt(page, 'Koble kontoen din til ID-porten')
      await logIn(page, KARI)
      await arriveAt(page, 'Hvilken e-postadresse har du brukt hos NAKOS?')
      await search(page, KARI.address)
      await arriveAt(page, 'Vi fant én konto')
      assert.match(await page.locator('main').innerText(), /Ka••• No•••/)
      await press(page, 'Slå sammen')
      await arriveAt(page, 'Er dette riktig konto?')
      await press(page, 'Bekreft')
      await arriveAt(page, 'Sjekk e-posten din')
      assert.match(await page.locator('main').innerText(), /kari\.nordmann@example\.no/)

      await page.goto(await linkFor(world(), KARI))
      await arriveAt(page, 'Se over profilen din')
      assert.equal(await page.getByLabel('Fornavn').inputValue(), 'Kari')
      assert.equal(await page.getByLabel('Etternavn').inputValue(), 'Nordmann')
      await page.getByLabel('Telefon').fill('+47 59 00 00 99')
      await press(page, 'Lagre')
      await arriveAt(page, 'Du er ferdig')
      await logOut(page)

      await follow(page, 'Gå til forsiden')
      await logIn(page, KARI)
      await arriveAt(page, 'Du er på portalen')
    }))

  test('A2: a new person types a wrong address twice, then gets an account of their own', () =>
    inABrowser(async (page) => {
      await page.goto('/')
      await logIn(page, NORA)
      for (const wrong of ['nora.my@example.no', 'nora@eksempel.no']) {
        await search(page, wrong)
        await arriveAt(page, 'Vi fant ingen konto')
        assert.equal(await page.getByLabel('Hvilken e-postadresse').inputValue(), wrong)
      }
      await search(page, NORA.address)
      await press(page, 'Opprett en helt ny brukerkonto')
      await arriveAt(page, 'Opprett en helt ny brukerkonto')
      await press(page, 'Bekreft')
      await arriveAt(page, 'Opprett en helt ny brukerkonto')
      await page.getByRole('group', { name: 'For å gå videre må du rette opp følgende feil' }).waitFor()
      await page.getByLabel('Jeg har ikke hatt konto hos NAKOS tidligere').check()
      await press(page, 'Bekreft')
      await arriveAt(page, 'Sjekk e-posten din')

      await page.goto(await linkFor(world(), NORA))
      await arriveAt(page, 'Fyll ut profilen din')
      await page.getByLabel('Fornavn').fill('Nora')
      await page.getByLabel('Etternavn').fill('Ny')
      await press(page, 'Lagre')
      await arriveAt(page, 'Du er ferdig')
      await logOut(page)
    }))

  test('A2: a link opened on another device asks for login, and the waiting page goes on by its button', () =>
    inABrowser(async (page) => {
      await askForOldAccount(page, SARA)
      await inABrowser(async (phone) => {
        await phone.goto(await linkFor(world(), SARA))
        await arriveAt(phone, 'Logg inn for å bekrefte kontoen')
        await follow(phone, 'Logg inn med ID-porten')
        await identify(phone, SARA)
        await arriveAt(phone, 'Se over profilen din')
        await press(phone, 'Lagre')
        await arriveAt(phone, 'Du er ferdig')
      })
      await press(page, 'Jeg har brukt lenken, gå videre')
      await arriveAt(page, 'Se over profilen din')
    }))

  test('T102: a session that a neighbouring host has planted gets nothing by the owner’s click', () =>
    inABrowser(async (attackers) => {
      await askForOldAccount(attackers, { pid: STRANGER.pid, address: HEGE.address })
      const cookies = await attackers.context().cookies()
      const { value } = cookies.find(({ name }) => name === '__Host-kontobro')
      await inABrowser(async (page) => {
        const sent = await plantFromNextDoor(page, `\u2000__Host-kontobro=${value}; Path=/b`)
        assert.equal(sent, `\u2000__Host-kontobro=${value}`, 'Chromium takes it, and sends it')
        await page.goto('/')
        await logIn(page, HEGE)
        await arriveAt(page, 'Hvilken e-postadresse har du brukt hos NAKOS?')
        await page.goto(await linkFor(world(), HEGE))
        await arriveAt(page, 'Lenken hører til en annen person')
      })
    }))
}
