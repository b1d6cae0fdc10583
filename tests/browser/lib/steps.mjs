// What a person does, step by step, told by what stands on the screen in bokmål.
import assert from 'node:assert/strict'
import { linkIn, mailTo } from './world.mjs'

/** Waits for the page with this heading; it must have no other of its level. */
export async function arriveAt(page, heading) {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
  assert.equal(await page.locator('h1').count(), 1)
}

export const press = (page, name) => page.getByRole('button', { name }).click()
export const follow = (page, name) => page.getByRole('link', { name }).click()

/** From wherever the login button leads to, through ID-porten's page. */
export async function logIn(page, person) {
  await follow(page, 'Logg inn med ID-porten')
  await identify(page, person)
}

export async function identify(page, { pid }) {
  await page.getByRole('textbox', { name: 'Fødselsnummer' }).fill(pid)
  await press(page, 'Logg inn')
}

export async function search(page, address) {
  await page.getByLabel('Hvilken e-postadresse').fill(address)
  await press(page, 'Søk')
}

/** To the waiting page for an old account, from the start page. */
export async function askForOldAccount(page, person) {
  await page.goto('/')
  await logIn(page, person)
  await search(page, person.address)
  await press(page, 'Slå sammen')
  await press(page, 'Bekreft')
  await arriveAt(page, 'Sjekk e-posten din')
}

export const linkFor = async (world, { address }) => linkIn(await mailTo(world, address))

/** Out of Kontobro and ID-porten, whose own page goes on by itself. */
export async function logOut(page) {
  await press(page, 'Logg ut')
  await arriveAt(page, 'Du er logget ut')
}
